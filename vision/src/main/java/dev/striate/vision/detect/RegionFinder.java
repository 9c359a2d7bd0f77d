package dev.striate.vision.detect;

import dev.striate.box.Box;
import dev.striate.data.batch.Preparation;
import dev.striate.data.picture.Picture;
import dev.striate.data.region.ProposedBoxes;
import dev.striate.data.region.Proposing;
import dev.striate.data.set.DataSet;
import dev.striate.detect.Detection;
import dev.striate.graph.Outputs;
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
import java.util.stream.IntStream;

/// What a detector with regions finds (Ren et al. 2015, §3.3): proposals, its own or, where it makes none, those of selective
/// search, pooled from one map of the picture, and what the head says of all of them at once.
record RegionFinder(RegionDetector detector, List<Box> anchors, Inference features, Inference head,
        Preparation preparation) implements BoxFinder {
    private static final int PICTURES = 8;
    /// Regions come in multiples of this, so that a plan for their number is at hand.
    private static final int REGIONS = 50;
    private static final int MOST = 100;

    static RegionFinder of(RegionDetector detector, Inference inference, Preparation preparation) {
        return new RegionFinder(detector,
                detector.anchors().map(each -> each.at(detector.map().size())).orElse(List.of()),
                inference.part(detector.features(), PICTURES), inference.part(detector.head(), REGIONS), preparation);
    }

    @Override
    public List<Box> proposals(Picture picture, int count) {
        if (detector.anchors().isEmpty()) {
            var found = seen(picture).proposals();
            return found.subList(0, Math.min(count, found.size()));
        }
        return new RegionProposer(detector, anchors, detector.proposals().withCount(count), features, preparation)
                .of(picture);
    }

    @Override
    public DataSet prepared(DataSet pictures) {
        return detector.anchors().isPresent() ? pictures
                : new Proposing(pictures, ProposedBoxes.of(pictures, SelectiveSearches.of(detector.input())::of));
    }

    @Override
    public Seen seen(Picture picture) {
        return new Seen(picture.size(), detector.anchors().isPresent() ? List.of()
                : SelectiveSearches.of(detector.input()).of(picture));
    }

    @Override
    public List<List<Detection>> find(MemorySegment pixels, List<Seen> pictures, Thresholds thresholds) {
        var outputs = features.run(pixels, pictures.size());
        var maps = detector.maps(Values.of(outputs.get(RegionDetector.FEATURES)));
        return IntStream.range(0, pictures.size()).mapToObj(i -> onPicture(
                of(maps, regions(outputs, i, pictures.get(i)), i, thresholds), pictures.get(i).size())).toList();
    }

    private List<Box> regions(Outputs outputs, int picture, Seen seen) {
        if (detector.anchors().isEmpty()) {
            var placement = preparation.placement(seen.size());
            return seen.proposals().stream().map(placement::of).toList();
        }
        var proposed = detector.proposals(Values.of(outputs.get(RegionDetector.PROPOSAL_SCORES)),
                Values.of(outputs.get(RegionDetector.PROPOSAL_OFFSETS)));
        return detector.proposals().of(proposed, picture, anchors, detector.input()).stream().map(Detection::box)
                .toList();
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

    private List<Detection> onPicture(List<Detection> found, Size picture) {
        var onPicture = preparation.placement(picture).inverse();
        return found.stream().map(each -> new Detection(onPicture.of(each.box()), each.label(), each.score())).toList();
    }
}
