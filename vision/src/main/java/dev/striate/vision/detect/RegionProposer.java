package dev.striate.vision.detect;

import dev.striate.box.Box;
import dev.striate.data.batch.Preparation;
import dev.striate.data.picture.Picture;
import dev.striate.detect.Detection;
import dev.striate.graph.Outputs;
import dev.striate.region.Proposals;
import dev.striate.region.RegionDetector;
import dev.striate.region.Values;
import dev.striate.vision.Inference;
import java.lang.foreign.Arena;
import java.util.List;

/// The boxes that a region proposal network proposes, the surest first, in the pictures' own pixels.
record RegionProposer(RegionDetector detector, List<Box> anchors, Proposals proposals, Inference features,
        Preparation preparation) {

    /// As many as a head is shown at test.
    ///
    /// @param features the detector's first half
    static RegionProposer of(RegionDetector detector, Inference features, Preparation preparation) {
        return new RegionProposer(detector, detector.anchors().orElseThrow().at(detector.map().size()),
                detector.proposals(), features, preparation);
    }

    RegionProposer withCount(int count) {
        return new RegionProposer(detector, anchors, proposals.withCount(count), features, preparation);
    }

    /// Of picture `index` of a batch whose features were computed, in the input's pixels.
    List<Box> onInput(Outputs outputs, int index) {
        var maps = detector.proposals(Values.of(outputs.get(RegionDetector.PROPOSAL_SCORES)),
                Values.of(outputs.get(RegionDetector.PROPOSAL_OFFSETS)));
        return proposals.of(maps, index, anchors, detector.input()).stream().map(Detection::box).toList();
    }

    /// Of one picture.
    List<Box> of(Picture picture) {
        try (var arena = Arena.ofConfined()) {
            var pixels = preparation.prepared(picture, arena);
            var onPicture = preparation.placement(picture.size()).inverse();
            return onInput(features.run(pixels, 1), 0).stream().map(onPicture::of).toList();
        }
    }
}
