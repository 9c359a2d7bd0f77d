package dev.striate.region;

import dev.striate.graph.Size;
import java.util.List;

/// How the part of a map below a region, of whatever size, becomes a small map of one size.
public sealed interface RegionPooling permits RoiPooling, RoiAlign {
    /// The size that each region gets.
    Size bins();

    /// The pooled maps of all regions; refuses a region of a picture that the batch lacks.
    PooledRegions pool(FeatureMaps maps, List<Region> regions);
}
