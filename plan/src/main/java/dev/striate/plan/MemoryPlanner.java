package dev.striate.plan;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Puts regions into one arena so that those in use at the same time do not overlap: the largest first, each as low as it
/// fits.
final class MemoryPlanner {
    private static final long ALIGNMENT = 64;

    private MemoryPlanner() {}

    /// Gives each region its offset; the arena's size in bytes.
    static long place(List<Lifetime> regions) {
        var placed = new ArrayList<Lifetime>();
        var size = 0L;
        var largestFirst = regions.stream().filter(Lifetime::used)
                .sorted(Comparator.comparingLong((Lifetime region) -> region.bytes).reversed()).toList();
        for (var region : largestFirst) {
            region.place(lowest(region, placed));
            placed.add(region);
            size = Math.max(size, region.end());
        }
        return Math.ceilDiv(size, ALIGNMENT) * ALIGNMENT;
    }

    private static long lowest(Lifetime region, List<Lifetime> placed) {
        var obstacles = placed.stream().filter(region::meets).sorted(Comparator.comparingLong(Lifetime::offset))
                .toList();
        var offset = 0L;
        for (var obstacle : obstacles) {
            if (offset + region.bytes <= obstacle.offset()) break;
            offset = Math.max(offset, Math.ceilDiv(obstacle.end(), ALIGNMENT) * ALIGNMENT);
        }
        return offset;
    }
}
