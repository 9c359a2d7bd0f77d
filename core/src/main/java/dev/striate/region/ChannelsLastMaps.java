package dev.striate.region;

import dev.striate.graph.Size;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/// The maps of a batch with the channels of each cell side by side, which is how a head reads regions and how they are
/// pooled fastest. There is no way back from here: training pools [FeatureMaps].
public final class ChannelsLastMaps {
    private final float[] values;
    private final int channels;
    private final Size size;
    private final int pictures;

    private ChannelsLastMaps(float[] values, FeatureMaps maps) {
        this.values = values;
        channels = maps.shape().channels();
        size = maps.shape().size();
        pictures = maps.pictures();
    }

    public static ChannelsLastMaps of(FeatureMaps maps) {
        var ordered = maps.values().floats();
        var values = new float[ordered.length];
        var channels = maps.shape().channels();
        var cells = maps.shape().size().area();
        IntStream.range(0, maps.pictures() * cells).parallel().forEach(cell -> {
            var from = cell / cells * channels * cells + cell % cells;
            for (var channel = 0; channel < channels; channel++) {
                values[cell * channels + channel] = ordered[from + channel * cells];
            }
        });
        return new ChannelsLastMaps(values, maps);
    }

    /// Writes regions × bins × channels, by several threads; refuses a region of a picture that the batch lacks.
    public void pool(RegionPooling pooling, List<Region> regions, MemorySegment into) {
        Region.check(regions, pictures);
        var length = pooling.bins().area();
        IntStream.range(0, regions.size()).parallel().forEach(index -> {
            var region = regions.get(index);
            var bins = switch (pooling) {
                case RoiPooling largest -> largest.bins(this, region);
                case RoiAlign mean -> mean.bins(this, region);
            };
            var bin = new float[channels];
            for (var i = 0; i < length; i++) {
                bins.fill(i, bin);
                MemorySegment.copy(bin, 0, into, ValueLayout.JAVA_FLOAT,
                        ((long) index * length + i) * channels * Float.BYTES, channels);
            }
        });
    }

    /// What the bins of one region hold.
    interface Bins {
        /// @param values a number for each channel, to be replaced
        void fill(int bin, float[] values);
    }

    Size size() {
        return size;
    }

    /// Where the channels of a cell begin.
    int start(int picture, int row, int column) {
        return ((picture * size.height() + row) * size.width() + column) * channels;
    }

    void copy(int start, float[] to) {
        System.arraycopy(values, start, to, 0, channels);
    }

    /// Takes the larger number of each channel.
    void raise(int start, float[] to) {
        for (var channel = 0; channel < to.length; channel++) {
            to[channel] = Math.max(to[channel], values[start + channel]);
        }
    }

    void add(int start, float share, float[] to) {
        for (var channel = 0; channel < to.length; channel++) to[channel] += share * values[start + channel];
    }

    static void clear(float[] values) {
        Arrays.fill(values, 0);
    }
}
