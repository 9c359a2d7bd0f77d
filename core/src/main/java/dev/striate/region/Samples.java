package dev.striate.region;

import java.util.List;

/// Samples along one direction of a region: each lies between two cells, and takes a share of both.
///
/// @param low the cell before the sample
/// @param high the cell behind it
/// @param lowShare what the cell before weighs; 0 for samples outside the map
record Samples(int[] low, int[] high, double[] lowShare, double[] highShare) {
    /// `count` samples, evenly, on a length of cells.
    static Samples of(double start, double length, int count, int cells) {
        var samples = new Samples(new int[count], new int[count], new double[count], new double[count]);
        for (var i = 0; i < count; i++) samples.place(i, start + (i + 0.5) * length / count, cells);
        return samples;
    }

    /// A cell, and its share of a sample.
    record Share(int cell, double share) {}

    /// The cells on both sides of a sample.
    List<Share> of(int sample) {
        return List.of(new Share(low[sample], lowShare[sample]), new Share(high[sample], highShare[sample]));
    }

    private void place(int i, double position, int cells) {
        if (!(position >= -1 && position <= cells)) return;
        var inside = Math.clamp(position, 0, cells - 1.0);
        low[i] = (int) inside;
        high[i] = Math.min(low[i] + 1, cells - 1);
        highShare[i] = inside - low[i];
        lowShare[i] = 1 - highShare[i];
    }
}
