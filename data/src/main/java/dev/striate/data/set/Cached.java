package dev.striate.data.set;

import dev.striate.data.picture.Picture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;

/// Keeps decoded pictures while `budget` bytes last, so that a small set is decoded once a run; what no longer fits is
/// decoded anew each time. Two threads may decode the same picture once each: it is the same picture.
final class Cached implements Wrapped {
    private final DataSet files;
    private final AtomicReferenceArray<Picture> kept;
    private final AtomicLong budget;

    Cached(DataSet files, AtomicLong budget) {
        this.files = files;
        this.kept = new AtomicReferenceArray<>(files.size());
        this.budget = budget;
    }

    @Override
    public DataSet whole() {
        return files;
    }

    @Override
    public Picture picture(int index) {
        var known = kept.get(index);
        if (known != null) return known;
        var picture = files.picture(index);
        var bytes = picture.pixels().length;
        if (budget.addAndGet(-bytes) >= 0) {
            kept.set(index, picture);
        } else {
            budget.addAndGet(bytes);
        }
        return picture;
    }
}
