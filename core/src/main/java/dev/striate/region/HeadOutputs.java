package dev.striate.region;

import dev.striate.StriateException;

/// What a detector's head gives for regions, a row for each.
///
/// @param scores regions × (K + 1) logits, the background's first
/// @param offsets regions × 4K: [BoxOffsets] of each class
/// @param classes K
public record HeadOutputs(Values scores, Values offsets, int classes) {
    public HeadOutputs {
        if (classes < 1 || scores.length() % (classes + 1) != 0) {
            throw new StriateException("A head for " + classes + " classes expects a multiple of " + (classes + 1)
                    + " scores; received " + scores.length() + ".");
        }
        var expected = scores.length() / (classes + 1) * classes * BoxOffsets.COUNT;
        if (offsets.length() != expected) {
            throw new StriateException("A head for " + classes + " classes and " + scores.length() / (classes + 1)
                    + " regions expects " + expected + " offsets; received " + offsets.length() + ".");
        }
    }

    public int regions() {
        return scores.length() / (classes + 1);
    }

    /// From a region to the box of a class, from 0.
    public BoxOffsets offsets(int region, int label) {
        return BoxOffsets.of(offsets, offset(region, label), 1);
    }

    int offset(int region, int label) {
        if (label >= classes) {
            throw new StriateException("A head for " + classes + " classes expects objects of these; received class "
                    + label + ", counted from 0.");
        }
        return (region * classes + label) * BoxOffsets.COUNT;
    }
}
