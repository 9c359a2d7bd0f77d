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
        var rows = layout.regions().stream().map(Region::box)
                .map(box -> along(box.top(), box.bottom(), bins.height(), size.height())).toList();
        var columns = layout.regions().stream().map(Region::box)
                .map(box -> along(box.left(), box.right(), bins.width(), size.width())).toList();
        return AlignPooled.of(layout, rows, columns, samples);
    }

    private Samples along(double from, double to, int bins, int cells) {
        var start = from * scale - (aligned ? 0.5 : 0);
        var length = (to - from) * scale;
        return Samples.of(start, aligned ? length : Math.max(length, 1), bins * samples, cells);
    }
}
