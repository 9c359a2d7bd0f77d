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
import dev.striate.region.ChannelsLastMaps;
import dev.striate.region.Region;
import dev.striate.region.RegionDecoding;
import dev.striate.region.RegionDetector;
import dev.striate.region.Values;
import dev.striate.vision.Inference;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// What a detector with regions finds (Ren et al. 2015, §3.3): proposals, its own or, where it makes none, those of selective
/// search, pooled from one map of the picture, and what the head says of all of them at once.
///
/// @param proposer none where selective search proposes
record RegionFinder(RegionDetector detector, Optional<RegionProposer> proposer, Inference features, HeadPass head,
        Preparation preparation) implements BoxFinder {
    private static final int PICTURES = 8;
    /// Objects of a picture.
    static final int MOST = 100;

    static RegionFinder of(RegionDetector detector, Inference inference, Preparation preparation) {
        var features = inference.part(detector.features(), PICTURES);
        return new RegionFinder(detector, detector.anchors().map(
                _ -> RegionProposer.of(detector, features, preparation)), features,
                HeadPass.of(detector, inference), preparation);
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
        return proposer.isPresent() || Proposing.is(pictures) ? pictures
                : new Proposing(pictures, ProposedBoxes.of(pictures, search()::of));
    }

    @Override
    public Seen seen(Picture picture) {
        return new Seen(picture.size(), proposer.isPresent() ? List.of() : search().of(picture));
    }

    @Override
    public List<List<Detection>> find(MemorySegment pixels, List<Seen> pictures, Thresholds thresholds) {
        var outputs = features.run(pixels, pictures.size());
        var maps = ChannelsLastMaps.of(detector.maps(Values.of(outputs.get(RegionDetector.FEATURES))));
        return IntStream.range(0, pictures.size()).mapToObj(i -> {
            var seen = pictures.get(i);
            var regions = proposer.map(each -> each.onInput(outputs, i)).orElseGet(() -> onInput(seen));
            return inside(onPicture(of(maps, regions, i, thresholds), seen.size()), seen.size());
        }).toList();
    }

    /// Boxes cut at the picture's edge: an input has more than the picture where its aspect was kept.
    static List<Detection> inside(List<Detection> found, Size picture) {
        return found.stream()
                .map(each -> new Detection(each.box().clipped(picture.width(), picture.height()), each.label(),
                        each.score()))
                .filter(each -> each.box().area() > 0).toList();
    }

    private List<Box> onInput(Seen seen) {
        var placement = preparation.placement(seen.size());
        return seen.proposals().stream().map(placement::of).toList();
    }

    private List<Detection> of(ChannelsLastMaps maps, List<Box> boxes, int picture, Thresholds thresholds) {
        if (boxes.isEmpty()) return List.of();
        var regions = boxes.stream().map(box -> new Region(picture, box)).toList();
        return new RegionDecoding(thresholds.score(), thresholds.overlap(), MOST).of(head.of(maps, regions), boxes,
                BoxEncoding.USUAL, detector.input());
    }
}
