package dev.striate.vision.rcnn;

import java.util.Arrays;
import java.util.List;
import java.util.SequencedSet;
import java.util.TreeSet;
import java.util.function.LongFunction;

/// Hard negative mining for one class (Felzenszwalb et al. 2010, §4.4; Girshick et al. 2014, §2.3): a machine learns from
/// some negatives, looks at all others once, and keeps those that it does not put beyond the margin. From time to time it
/// learns anew, and forgets those that have become easy. Vectors are known by their numbers, so that they need not all
/// be in memory.
final class HardNegatives {
    private static final double MARGIN = -1;
    /// The published code's: a little beyond the margin, so that what was just dropped does not come back at once.
    private static final double EASY = -1.2;

    private final SvmSettings settings;
    private final LongFunction<float[]> features;
    private final List<float[]> positives;
    private final SequencedSet<Long> kept = new TreeSet<>();
    private LinearSvm machine;
    private int fresh;

    HardNegatives(SvmSettings settings, LongFunction<float[]> features, long[] positives, long[] first) {
        this.settings = settings;
        this.features = features;
        this.positives = Arrays.stream(positives).mapToObj(features).toList();
        Arrays.stream(first).forEach(kept::add);
        machine = fit();
    }

    private LinearSvm fit() {
        return LinearSvm.fit(positives, kept.stream().map(features::apply).toList(), settings);
    }

    /// Looks at a negative: keeps it where it is hard.
    void look(long number, float[] x) {
        if (machine.margin(x) <= MARGIN || !kept.add(number)) return;
        if (++fresh >= settings.refit()) refit();
    }

    private void refit() {
        machine = fit();
        kept.removeIf(number -> kept.size() > 1 && machine.margin(features.apply(number)) < EASY);
        fresh = 0;
    }

    /// The numbers of the negatives that it learns from.
    SequencedSet<Long> kept() {
        return kept;
    }

    /// The machine that has learnt from all that was kept.
    LinearSvm machine() {
        if (fresh > 0) refit();
        return machine;
    }
}
