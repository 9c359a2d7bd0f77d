package dev.striate.vision.detect;

import dev.striate.region.BoxOffsets;
import dev.striate.region.ChannelsLastMaps;
import dev.striate.region.HeadOutputs;
import dev.striate.region.Region;
import dev.striate.region.RegionDetector;
import dev.striate.region.Values;
import dev.striate.vision.Inference;
import java.lang.foreign.Arena;
import java.util.List;

/// What a detector's second half says of regions: they are pooled from maps and run [#REGIONS] at a time.
record HeadPass(RegionDetector detector, Inference head) {
    /// Enough to keep all cores busy, few enough to stay near them.
    private static final int REGIONS = 50;

    /// @param inference of the whole network
    static HeadPass of(RegionDetector detector, Inference inference) {
        return new HeadPass(detector, inference.part(detector.head(), REGIONS));
    }

    HeadOutputs of(ChannelsLastMaps maps, List<Region> regions) {
        var scores = new float[regions.size() * (detector.classes() + 1)];
        var offsets = new float[regions.size() * BoxOffsets.COUNT * detector.classes()];
        try (var arena = Arena.ofShared()) {
            var pooled = arena.allocate(REGIONS * detector.head().input().elements() * Float.BYTES, 64);
            for (var first = 0; first < regions.size(); first += REGIONS) {
                var some = regions.subList(first, Math.min(first + REGIONS, regions.size()));
                maps.pool(detector.pooling(), some, pooled);
                var outputs = head.run(pooled, REGIONS);
                copy(outputs.get(RegionDetector.SCORES), some.size(), scores, first);
                copy(outputs.get(RegionDetector.OFFSETS), some.size(), offsets, first);
            }
        }
        return detector.answers(Values.of(scores), Values.of(offsets));
    }

    /// Of rows for [#REGIONS] so many, behind those that are there.
    private static void copy(float[] rows, int count, float[] to, int first) {
        var width = rows.length / REGIONS;
        System.arraycopy(rows, 0, to, first * width, count * width);
    }
}
