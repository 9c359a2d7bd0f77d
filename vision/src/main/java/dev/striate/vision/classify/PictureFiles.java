package dev.striate.vision.classify;

import dev.striate.StriateException;
import dev.striate.data.batch.Preparation;
import dev.striate.data.picture.Picture;
import dev.striate.data.picture.Pictures;
import dev.striate.data.set.DataSet;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Picture files without labels, fitted to a network's input. One that cannot be read is black, so that the others of
/// its batch have their answers, and is remembered.
final class PictureFiles implements DataSet {
    private final List<Path> files;
    private final Preparation preparation;
    private final Map<Integer, StriateException> failures = new ConcurrentHashMap<>();

    PictureFiles(List<Path> files, Preparation preparation) {
        this.files = List.copyOf(files);
        this.preparation = preparation;
    }

    /// Why a picture is black, once it has been asked for.
    Optional<Answer> unreadable(int index) {
        return Optional.ofNullable(failures.get(index)).map(why -> new Answer.Unreadable(files.get(index), why));
    }

    Path file(int index) {
        return files.get(index);
    }

    @Override
    public Picture picture(int index) {
        try {
            return preparation.fit(Pictures.read(files.get(index)));
        } catch (StriateException e) {
            failures.put(index, e);
            var input = preparation.input();
            return Picture.black(input.width(), input.height(), input.channels());
        }
    }

    @Override
    public List<String> classes() {
        return List.of("picture");
    }

    @Override
    public int size() {
        return files.size();
    }

    @Override
    public int label(int index) {
        return 0;
    }

    @Override
    public String name(int index) {
        return files.get(index).toString();
    }
}
