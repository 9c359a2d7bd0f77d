package dev.striate.region;

import dev.striate.StriateException;
import dev.striate.graph.Size;
import java.util.List;
import java.util.stream.IntStream;

/// Where the values of pooled regions lie.
record PooledLayout(FeatureMaps maps, List<Region> regions, Size bins) {
    PooledLayout {
        regions = List.copyOf(regions);
        if (bins.height() < 1 || bins.width() < 1) {
            throw new StriateException("Pooling expects at least one row and column of bins; received " + bins + ".");
        }
        Region.check(regions, maps.pictures());
    }

    int length() {
        return Math.multiplyExact(regions.size(), channels() * bins.area());
    }

    int channels() {
        return maps.shape().channels();
    }

    /// Where the bins of a region and channel begin.
    int start(int region, int channel) {
        return (region * channels() + channel) * bins.area();
    }

    /// Refuses a gradient of another length.
    void check(Values upstream) {
        if (upstream.length() != length()) {
            throw new StriateException("The gradient of " + regions.size() + " pooled regions expects " + length()
                    + " values; received " + upstream.length() + ".");
        }
    }

    /// What is done for each region and channel. Threads part the channels, so that no two add to one map, and a map's
    /// sums have one order.
    void forEach(PlaneAction action) {
        IntStream.range(0, channels()).parallel().forEach(channel -> {
            for (var region = 0; region < regions.size(); region++) {
                action.at(region, start(region, channel), maps.start(regions.get(region).picture(), channel));
            }
        });
    }

    /// What is done for a region and a channel.
    interface PlaneAction {
        /// @param pooled where the bins begin
        /// @param map where the map begins
        void at(int region, int pooled, int map);
    }
}
