package dev.striate.region;

/// The largest values of bins: each hands its gradient to the cell that it came from.
///
/// @param largest of each bin the index in the maps, −1 for none
record MaxPooled(PooledLayout layout, Values values, int[] largest) implements PooledRegions {
    static MaxPooled of(PooledLayout layout, int[] largest) {
        var features = layout.maps().values();
        var values = features.zeros(largest.length);
        for (var i = 0; i < largest.length; i++) if (largest[i] >= 0) values.set(i, features.get(largest[i]));
        return new MaxPooled(layout, values, largest);
    }

    @Override
    public Values gradient(Values upstream) {
        layout.check(upstream);
        var features = layout.maps().values();
        var gradient = features.zeros(features.length());
        layout.forEach((_, pooled, _) -> {
            for (var i = pooled; i < pooled + layout.bins().area(); i++) {
                if (largest[i] >= 0) gradient.add(largest[i], upstream.get(i));
            }
        });
        return gradient;
    }
}
