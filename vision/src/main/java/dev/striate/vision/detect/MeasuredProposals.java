package dev.striate.vision.detect;

import dev.striate.data.set.DataSet;
import dev.striate.measure.Figures;
import dev.striate.measure.ProposalRecall;
import dev.striate.vision.train.Measured;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;

/// How many objects of a set a region proposal network hits with its first 50, 300 and 2,000 proposals, at an overlap of
/// 0.5; 300, as many as a head is shown at test, decide.
record MeasuredProposals(ProposalRecall recall) implements Measured {
    private static final List<Integer> COUNTS = List.of(50, 300, 2000);
    private static final double OVERLAP = 0.5;

    static MeasuredProposals of(RegionProposer proposer, DataSet pictures) {
        var recall = new ProposalRecall(OVERLAP);
        var all = proposer.withCount(COUNTS.getLast());
        for (var i = 0; i < pictures.size(); i++) {
            recall.add(all.of(pictures.picture(i)), ObjectDetection.objects(pictures, i).boxes());
        }
        return new MeasuredProposals(recall);
    }

    @Override
    public Figures figures() {
        var values = new LinkedHashMap<String, Double>();
        for (var count : COUNTS) values.put("recall" + count, recall.at(count));
        return Figures.highest("recall300", values);
    }

    /// Draws nothing.
    @Override
    public void draw(Path folder) {}
}
