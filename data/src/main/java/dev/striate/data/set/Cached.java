package dev.striate.data.set;

import dev.striate.data.picture.Picture;
import dev.striate.target.Target;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/// Keeps decoded pictures and their targets while `budget` bytes last, so that a small set is decoded once a run; what no
/// longer fits is decoded anew each time. Two threads may decode the same picture once each: it is the same picture.
final class Cached implements Wrapped {
    private static final int BOX_BYTES = 80;

    private final DataSet files;
    private final AtomicReferenceArray<@Nullable Picture> pictures;
    private final AtomicReferenceArray<@Nullable Target> targets;
    private final AtomicLong budget;

    Cached(DataSet files, AtomicLong budget) {
        this.files = files;
        this.pictures = new AtomicReferenceArray<>(files.size());
        this.targets = new AtomicReferenceArray<>(files.size());
        this.budget = budget;
    }

    @Override
    public DataSet whole() {
        return files;
    }

    @Override
    public Picture picture(int index) {
        var known = pictures.get(index);
        if (known != null) return known;
        var picture = files.picture(index);
        if (fits(picture.pixels().length)) pictures.set(index, picture);
        return picture;
    }

    @Override
    public Target target(int index) {
        var known = targets.get(index);
        if (known != null) return known;
        var target = files.target(index);
        if (fits(bytes(target))) targets.set(index, target);
        return target;
    }

    private static long bytes(Target target) {
        return switch (target) {
            case Target.Label _,Target.None _ -> 0;
            case Target.Objects(var boxes, var proposals) -> (long) (boxes.size() + proposals.size()) * BOX_BYTES;
            case Target.Mask mask -> mask.classes().length;
        };
    }

    private boolean fits(long bytes) {
        if (budget.addAndGet(-bytes) >= 0) return true;
        budget.addAndGet(bytes);
        return false;
    }
}
