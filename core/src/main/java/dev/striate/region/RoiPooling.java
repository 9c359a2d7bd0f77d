package dev.striate.region;

import dev.striate.StriateException;
import dev.striate.graph.Size;
import java.util.Arrays;
import java.util.List;

/// The largest value in each bin of a region (Girshick 2015, §2.1). Corners are rounded to cells of the map, and both
/// belong to the region, which therefore has at least one cell; bins of h/H × w/W cells reach outwards to whole cells
/// and may overlap. A bin outside the map is 0.
///
/// @param bins H × W: 7×7 for VGG-16
/// @param scale cells of the map to a pixel: 1/16 for VGG-16
public record RoiPooling(Size bins, double scale) implements RegionPooling {
    public RoiPooling {
        if (!(scale > 0 && Double.isFinite(scale))) {
            throw new StriateException("A scale above 0 was expected; received " + scale + ".");
        }
    }

    @Override
    public PooledRegions pool(FeatureMaps maps, List<Region> regions) {
        var layout = new PooledLayout(maps, regions, bins);
        var size = maps.shape().size();
        var rows = layout.regions().stream().map(region -> rows(region, size)).toList();
        var columns = layout.regions().stream().map(region -> columns(region, size)).toList();
        var largest = new int[layout.length()];
        layout.forEach((region, pooled, map) -> {
            for (var bin = 0; bin < bins.area(); bin++) {
                largest[pooled + bin] = largest(maps, map, rows.get(region).bin(bin / bins.width()),
                        columns.get(region).bin(bin % bins.width()));
            }
        });
        return MaxPooled.of(layout, largest);
    }

    private Cells rows(Region region, Size map) {
        return Cells.of(region.box().top() * scale, region.box().bottom() * scale, bins.height(), map.height());
    }

    private Cells columns(Region region, Size map) {
        return Cells.of(region.box().left() * scale, region.box().right() * scale, bins.width(), map.width());
    }

    ChannelsLastMaps.Bins bins(ChannelsLastMaps maps, Region region) {
        var rows = rows(region, maps.size());
        var columns = columns(region, maps.size());
        return (bin, values) -> largest(maps, region.picture(), rows.bin(bin / bins.width()),
                columns.bin(bin % bins.width()), values);
    }

    private static void largest(ChannelsLastMaps maps, int picture, Cells.Bin rows, Cells.Bin columns,
            float[] values) {
        var isFirst = true;
        for (var row = rows.from(); row < rows.to(); row++) {
            for (var column = columns.from(); column < columns.to(); column++) {
                if (isFirst) maps.copy(maps.start(picture, row, column), values);
                else maps.raise(maps.start(picture, row, column), values);
                isFirst = false;
            }
        }
        if (isFirst) ChannelsLastMaps.clear(values);
    }

    /// The index of the largest value among these cells, the first of equal ones; −1 without cells.
    private static int largest(FeatureMaps maps, int map, Cells.Bin rows, Cells.Bin columns) {
        var values = maps.values();
        var largest = -1;
        var value = Double.NEGATIVE_INFINITY;
        for (var row = rows.from(); row < rows.to(); row++) {
            var start = map + row * maps.shape().width();
            for (var cell = start + columns.from(); cell < start + columns.to(); cell++) {
                if (largest < 0 || values.get(cell) > value) {
                    largest = cell;
                    value = values.get(cell);
                }
            }
        }
        return largest;
    }

    /// The cells of each bin along one direction.
    private record Cells(Bin[] bins) {
        /// From a cell to before another.
        record Bin(int from, int to) {}

        /// Far outside any map, where sums with a map's sides still fit.
        private static final long FAR = 1L << 40;

        static Cells of(double from, double to, int bins, int length) {
            var first = rounded(from);
            var cells = rounded(to) - first + 1;
            var ranges = new Bin[bins];
            Arrays.setAll(ranges, bin -> new Bin((int) Math.clamp(first + bin * cells / bins, 0L, length),
                    (int) Math.clamp(first + Math.ceilDiv((bin + 1) * cells, bins), 0L, length)));
            return new Cells(ranges);
        }

        /// Halves away from 0, as C's `round`.
        private static long rounded(double cell) {
            return Math.clamp((long) Math.copySign(Math.floor(Math.abs(cell) + 0.5), cell), -FAR, FAR);
        }

        Bin bin(int index) {
            return bins[index];
        }
    }
}
