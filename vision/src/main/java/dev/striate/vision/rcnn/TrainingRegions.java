package dev.striate.vision.rcnn;

import dev.striate.box.Box;
import dev.striate.data.region.ProposedBoxes;
import dev.striate.data.region.RegionSet;
import dev.striate.data.region.RegionSet.LabelledRegion;
import dev.striate.data.set.DataSet;
import dev.striate.region.RegionSampling;
import dev.striate.target.Target.LabelledBox;
import java.util.ArrayList;
import java.util.List;

/// The regions of a set's pictures in a row: of each its proposals, and its ordinary objects' own boxes behind them.
record TrainingRegions(DataSet pictures, ProposedBoxes proposals, long[] starts) {
    static TrainingRegions of(DataSet pictures, ProposedBoxes proposals) {
        var starts = new long[pictures.size() + 1];
        var regions = new TrainingRegions(pictures, proposals, starts);
        for (var i = 0; i < pictures.size(); i++) starts[i + 1] = starts[i] + regions.of(i).size();
        return regions;
    }

    /// Where a picture's regions begin.
    long start(int picture) {
        return starts[picture];
    }

    /// How many there are.
    long size() {
        return starts[starts.length - 1];
    }

    List<Box> of(int picture) {
        return RegionSampling.withObjects(proposals.of(picture), objects(picture));
    }

    List<LabelledBox> objects(int picture) {
        return RegionSet.objects(pictures, picture);
    }

    /// All of them, as the network is to look at them.
    List<LabelledRegion> all() {
        var all = new ArrayList<LabelledRegion>();
        for (var i = 0; i < pictures.size(); i++) {
            for (var box : of(i)) all.add(new LabelledRegion(i, box, 0));
        }
        return all;
    }
}
