package dev.striate.vision.detect;

import dev.striate.box.Box;
import dev.striate.data.batch.Preparation;
import dev.striate.data.picture.Picture;
import dev.striate.detect.Detection;
import dev.striate.graph.Network;
import dev.striate.graph.Outputs;
import dev.striate.graph.Size;
import dev.striate.region.Proposals;
import dev.striate.region.RegionDetector;
import dev.striate.region.Values;
import dev.striate.vision.Inference;
import java.lang.foreign.Arena;
import java.util.List;

/// The boxes that a region proposal network proposes, the surest first, in the pictures' own pixels.
record RegionProposer(RegionDetector detector, List<Box> anchors, Proposals proposals, Inference features,
        Preparation preparation) {
    private static final int PICTURES = 8;

    /// @param proposals how many, and which
    static RegionProposer of(Network network, Inference inference, Preparation preparation, Proposals proposals) {
        var detector = RegionDetector.of(network);
        return new RegionProposer(detector, detector.anchors().orElseThrow().at(detector.map().size()), proposals,
                inference.part(detector.features(), PICTURES), preparation);
    }

    /// Of picture `index` of a batch whose features were computed.
    List<Box> of(Outputs outputs, int index, Size picture) {
        var maps = detector.proposals(Values.of(outputs.get(RegionDetector.PROPOSAL_SCORES)),
                Values.of(outputs.get(RegionDetector.PROPOSAL_OFFSETS)));
        var onPicture = preparation.placement(picture).inverse();
        return proposals.of(maps, index, anchors, detector.input()).stream().map(Detection::box).map(onPicture::of)
                .toList();
    }

    /// Of one picture.
    List<Box> of(Picture picture) {
        try (var arena = Arena.ofConfined()) {
            var pixels = arena.allocate(preparation.bytes(), 64);
            preparation.prepare(picture, pixels);
            return of(features.run(pixels, 1), 0, picture.size());
        }
    }
}
