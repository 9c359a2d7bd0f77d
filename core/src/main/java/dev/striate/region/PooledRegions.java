package dev.striate.region;

/// Pooled maps, and the way back to the maps that they were made of.
public sealed interface PooledRegions permits MaxPooled, AlignPooled {
    /// Regions × channels × bins, row-major, in the precision of the maps.
    Values values();

    /// The gradient of the maps, in their layout, from that of [#values].
    Values gradient(Values upstream);
}
