package dev.striate.vision.classify;

import dev.striate.StriateException;
import dev.striate.data.picture.Picture;
import dev.striate.data.set.DataSet;
import dev.striate.data.set.Wrapped;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// A set in which a picture that cannot be read is a black one, so that the others of its batch have their answers; why
/// it is black is remembered.
final class Tolerant implements Wrapped {
    private final DataSet pictures;
    private final Map<Integer, StriateException> failures = new ConcurrentHashMap<>();

    Tolerant(DataSet pictures) {
        this.pictures = pictures;
    }

    @Override
    public DataSet whole() {
        return pictures;
    }

    @Override
    public Picture picture(int index) {
        try {
            return pictures.picture(index);
        } catch (StriateException e) {
            failures.put(index, e);
            return Picture.black(1, 1, 1);
        }
    }

    /// Why a picture is black, once it has been asked for.
    Optional<StriateException> failure(int index) {
        return Optional.ofNullable(failures.get(index));
    }
}
