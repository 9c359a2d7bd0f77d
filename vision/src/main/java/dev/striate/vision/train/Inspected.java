package dev.striate.vision.train;

import dev.striate.StriateException;
import dev.striate.data.picture.Picture;
import dev.striate.data.set.DataSet;
import dev.striate.data.set.Wrapped;
import java.util.concurrent.atomic.AtomicIntegerArray;

/// A set whose pictures are looked at for damage when each is read for the first time, so that a run neither learns from
/// half a picture nor waits before it starts.
final class Inspected implements Wrapped {
    private final DataSet pictures;
    private final AtomicIntegerArray seen;

    Inspected(DataSet pictures) {
        this.pictures = pictures;
        seen = new AtomicIntegerArray(pictures.size());
    }

    /// Reads a picture; refuses one that cannot be decoded, and one that can although it is damaged.
    static Picture undamaged(DataSet pictures, int index) {
        var picture = pictures.picture(index);
        pictures.damage(index).ifPresent(damage -> {
            throw StriateException.file("A whole picture was expected; " + pictures.name(index) + " is damaged: "
                    + damage + ".");
        });
        return picture;
    }

    @Override
    public Picture picture(int index) {
        return seen.getAndSet(index, 1) == 0 ? undamaged(pictures, index) : pictures.picture(index);
    }

    @Override
    public DataSet whole() {
        return pictures;
    }
}
