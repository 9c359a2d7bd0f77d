package dev.striate.vision.detect;

import dev.striate.box.Box;
import dev.striate.data.batch.Preparation;
import dev.striate.data.picture.Picture;
import dev.striate.data.picture.SelectiveSearch;
import dev.striate.data.region.ProposedBoxes;
import dev.striate.data.region.Proposing;
import dev.striate.data.set.DataSet;
import dev.striate.detect.Detection;
import dev.striate.graph.Size;
import dev.striate.region.BoxEncoding;
import dev.striate.region.FeatureMaps;
import dev.striate.region.HeadOutputs;
import dev.striate.region.Region;
import dev.striate.region.RegionDecoding;
import dev.striate.region.RegionDetector;
import dev.striate.region.Values;
import dev.striate.vision.Inference;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// What a detector with regions finds (Ren et al. 2015, §3.3): proposals, its own or, where it makes none, those of selective
/// search, pooled from one map of the picture, and what the head says of all of them at once.
///
/// @param proposer none where selective search proposes
record RegionFinder(RegionDetector detector, Optional<RegionProposer> proposer, Inference features, Inference head,
        Preparation preparation) implements BoxFinder {
    private static final int PICTURES = 8;
    /// Regions come in multiples of this, so that a plan for their number is at hand.
    private static final int REGIONS = 50;
    private static final int MOST = 100;

    static RegionFinder of(RegionDetector detector, Inference inference, Preparation preparation) {
        var features = inference.part(detector.features(), PICTURES);
        return new RegionFinder(detector, detector.anchors().map(
                _ -> RegionProposer.of(detector, features, preparation)), features,
                inference.part(detector.head(), REGIONS), preparation);
    }

    private SelectiveSearch search() {
        return SelectiveSearches.of(detector.input());
    }

    @Override
    public List<Box> proposals(Picture picture, int count) {
        return proposer.map(each -> each.withCount(count).of(picture))
                .orElseGet(() -> search().of(picture).stream().limit(count).toList());
    }

    @Override
    public DataSet prepared(DataSet pictures) {
        return proposer.isPresent() ? pictures
                : new Proposing(pictures, ProposedBoxes.of(pictures, search()::of));
    }

    @Override
    public Seen seen(Picture picture) {
        return new Seen(picture.size(), proposer.isPresent() ? List.of() : search().of(picture));
    }

    @Override
    public List<List<Detection>> find(MemorySegment pixels, List<Seen> pictures, Thresholds thresholds) {
        var outputs = features.run(pixels, pictures.size());
        var maps = detector.maps(Values.of(outputs.get(RegionDetector.FEATURES)));
        return IntStream.range(0, pictures.size()).mapToObj(i -> {
            var seen = pictures.get(i);
            var regions = proposer.map(each -> each.onInput(outputs, i)).orElseGet(() -> onInput(seen));
            return onPicture(of(maps, regions, i, thresholds), seen.size());
        }).toList();
    }

    private List<Box> onInput(Seen seen) {
        var placement = preparation.placement(seen.size());
        return seen.proposals().stream().map(placement::of).toList();
    }

    private List<Detection> of(FeatureMaps maps, List<Box> boxes, int picture, Thresholds thresholds) {
        if (boxes.isEmpty()) return List.of();
        var regions = boxes.stream().map(box -> new Region(picture, box)).toList();
        return new RegionDecoding(thresholds.score(), thresholds.overlap(), MOST).of(answers(maps, regions), boxes,
                BoxEncoding.USUAL, detector.input());
    }

    private HeadOutputs answers(FeatureMaps maps, List<Region> regions) {
        var pooled = detector.pooling().pool(maps, regions).values();
        var shape = detector.head().input();
        var rows = Math.ceilDiv(regions.size(), REGIONS) * REGIONS;
        try (var arena = Arena.ofConfined()) {
            var inputs = arena.allocate(ValueLayout.JAVA_FLOAT, rows * shape.elements());
            channelsLast(pooled.floats(), shape.channels(), shape.size().area(), inputs);
            var outputs = head.run(inputs, rows);
            return detector.answers(first(outputs.get(RegionDetector.SCORES), rows, regions.size()),
                    first(outputs.get(RegionDetector.OFFSETS), rows, regions.size()));
        }
    }

    private static void channelsLast(float[] pooled, int channels, int bins, MemorySegment inputs) {
        for (var from = 0; from < pooled.length; from += channels * bins) {
            for (var channel = 0; channel < channels; channel++) {
                for (var bin = 0; bin < bins; bin++) {
                    inputs.setAtIndex(ValueLayout.JAVA_FLOAT, from + bin * channels + channel,
                            pooled[from + channel * bins + bin]);
                }
            }
        }
    }

    private static Values first(float[] values, int rows, int wanted) {
        return Values.of(Arrays.copyOf(values, values.length / rows * wanted));
    }
}
