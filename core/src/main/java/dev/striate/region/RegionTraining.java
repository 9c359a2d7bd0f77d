package dev.striate.region;

import dev.striate.box.Box;
import dev.striate.detect.Detection;
import dev.striate.graph.Size;
import dev.striate.random.RandomStream;
import dev.striate.target.Target.LabelledBox;
import java.util.List;
import java.util.stream.IntStream;

/// How a detector with regions learns from pictures: which anchors and regions, and what they cost.
///
/// @param anchors which learn
/// @param proposals the regions that the head is shown
/// @param regions which of them it learns from
/// @param proposalLosses what the region proposal network minimises
/// @param headLosses what the head minimises
/// @param learns which of the two
public record RegionTraining(AnchorAssignment anchors, Proposals proposals, RegionSampling regions,
        RegionLosses proposalLosses, RegionLosses headLosses, Learns learns) {
    /// Which losses count.
    public enum Learns {
        BOTH, PROPOSALS, HEAD
    }

    /// A training of both.
    public RegionTraining(AnchorAssignment anchors, Proposals proposals, RegionSampling regions,
            RegionLosses proposalLosses, RegionLosses headLosses) {
        this(anchors, proposals, regions, proposalLosses, headLosses, Learns.BOTH);
    }

    public RegionTraining with(Learns learns) {
        return new RegionTraining(anchors, proposals, regions, proposalLosses, headLosses, learns);
    }

    /// Faster R-CNN's, with 128 regions of each picture (Ren et al. 2015, §3).
    public static RegionTraining fasterRcnn() {
        return new RegionTraining(AnchorAssignment.fasterRcnn(), Proposals.inTraining(),
                RegionSampling.fasterRcnn(128), RegionLosses.ofProposals(), RegionLosses.ofHead());
    }

    /// The loss of a batch's anchors.
    public RegionLoss proposalLoss(RpnMaps maps, List<Box> boxes, List<List<LabelledBox>> pictures, Size size,
            RandomStream chance) {
        return proposalLosses.proposals(maps, IntStream.range(0, pictures.size())
                .mapToObj(i -> anchors.of(boxes, pictures.get(i), size, chance.at(i).draws())).toList());
    }

    /// What the proposal network proposes now for one picture of a batch.
    public List<Box> proposed(RpnMaps maps, int picture, List<Box> boxes, Size size) {
        return proposals.of(maps, picture, boxes, size).stream().map(Detection::box).toList();
    }

    /// The regions of a picture that the head learns from; the objects' own boxes are among those to choose from.
    public List<Assigned> regions(List<Box> proposed, List<LabelledBox> objects, RandomStream chance) {
        return regions.of(RegionSampling.withObjects(proposed, objects), objects, chance.draws());
    }
}
