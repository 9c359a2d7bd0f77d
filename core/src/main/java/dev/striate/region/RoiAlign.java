package dev.striate.region;

import dev.striate.StriateException;
import dev.striate.graph.Size;
import java.util.List;

/// The mean of bilinear samples in each bin of a region, without rounding (He et al. 2017, §3). Samples up to a cell
/// outside the map take the value at its edge; those further out count as 0.
///
/// @param scale cells of the map to a pixel
/// @param samples in each direction of a bin
/// @param aligned whether the value of a cell is at its centre, as is right, or at its corner as in the first
///        implementations, where a region is also at least one cell large
public record RoiAlign(Size bins, double scale, int samples, boolean aligned) implements RegionPooling {
    public RoiAlign {
        if (!(scale > 0 && Double.isFinite(scale)) || samples < 1) {
            throw new StriateException("A scale above 0 and at least one sample were expected; received " + scale
                    + " and " + samples + ".");
        }
    }

    @Override
    public PooledRegions pool(FeatureMaps maps, List<Region> regions) {
        var layout = new PooledLayout(maps, regions, bins);
        var size = maps.shape().size();
        var rows = layout.regions().stream().map(region -> rows(region, size)).toList();
        var columns = layout.regions().stream().map(region -> columns(region, size)).toList();
        return AlignPooled.of(layout, rows, columns, samples);
    }

    private Samples rows(Region region, Size map) {
        return along(region.box().top(), region.box().bottom(), bins.height(), map.height());
    }

    private Samples columns(Region region, Size map) {
        return along(region.box().left(), region.box().right(), bins.width(), map.width());
    }

    ChannelsLastMaps.Bins bins(ChannelsLastMaps maps, Region region) {
        var rows = rows(region, maps.size());
        var columns = columns(region, maps.size());
        return (bin, values) -> {
            ChannelsLastMaps.clear(values);
            var top = bin / bins.width() * samples;
            var left = bin % bins.width() * samples;
            for (var row = top; row < top + samples; row++) {
                for (var column = left; column < left + samples; column++) {
                    add(maps, region.picture(), rows, row, columns, column, values);
                }
            }
        };
    }

    /// Adds what a sample is worth to its bin.
    private void add(ChannelsLastMaps maps, int picture, Samples rows, int row, Samples columns, int column,
            float[] values) {
        for (var y : rows.of(row)) {
            for (var x : columns.of(column)) {
                var share = y.share() * x.share() / (samples * samples);
                if (share != 0) maps.add(maps.start(picture, y.cell(), x.cell()), (float) share, values);
            }
        }
    }

    private Samples along(double from, double to, int bins, int cells) {
        var start = from * scale - (aligned ? 0.5 : 0);
        var length = (to - from) * scale;
        return Samples.of(start, aligned ? length : Math.max(length, 1), bins * samples, cells);
    }
}
