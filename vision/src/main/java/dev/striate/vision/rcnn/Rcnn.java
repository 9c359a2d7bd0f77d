package dev.striate.vision.rcnn;

import dev.striate.StriateException;
import dev.striate.box.Box;
import dev.striate.data.picture.Picture;
import dev.striate.data.picture.Pictures;
import dev.striate.data.region.ProposedBoxes;
import dev.striate.data.region.RegionSet;
import dev.striate.data.set.DataSet;
import dev.striate.detect.Detection;
import dev.striate.graph.Outputs;
import dev.striate.measure.AveragePrecision;
import dev.striate.target.Target;
import dev.striate.task.Task;
import dev.striate.vision.detect.MeasuredDetection;
import dev.striate.vision.detect.ObjectFinder;
import dev.striate.vision.detect.Thresholds;
import dev.striate.weights.ModelFile;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/// An R-CNN, opened from the folder that [RcnnTraining] made: finds the objects in pictures.
public final class Rcnn implements ObjectFinder {
    /// The paper's overlap of two boxes that one class may have, and the least score that counts in average precision.
    private static final Thresholds MEASURED = new Thresholds(0.005, 0.3);
    private static final int BATCH = 64;

    private final RegionNetwork network;
    private final RegionMachines machines;
    private final Answering answering;

    private Rcnn(RegionNetwork network, RegionMachines machines, Answering answering) {
        this.network = network;
        this.machines = machines;
        this.answering = answering;
    }

    /// Opens an R-CNN that answers by its support vector machines and moves boxes.
    public static Rcnn open(Path folder) {
        return open(folder, Answering.USUAL);
    }

    /// The same with another way of answering.
    public static Rcnn open(Path folder, Answering answering) {
        var model = ModelFile.read(folder.resolve(RcnnTraining.MODEL));
        var classes = model.task(Task.Classification.class, folder).labels().size() - 1;
        var machines = RegionMachines.read(folder.resolve(RcnnTraining.MACHINES));
        if (machines.machines().size() != classes) {
            throw StriateException.file("Machines for " + classes + " classes were expected in " + folder
                    + "; received " + machines.machines().size() + ".");
        }
        return new Rcnn(new RegionNetwork(model, machines.settings()), machines, answering);
    }

    @Override
    public List<String> labels() {
        var labels = network.file().labels();
        return labels.subList(1, labels.size());
    }

    @Override
    public List<Detection> detect(Picture picture, Thresholds thresholds) {
        return detect(picture, machines.settings().search().of(picture), thresholds);
    }

    /// The same where regions were proposed before.
    public List<Detection> detect(Picture picture, List<Box> proposals, Thresholds thresholds) {
        return answers(picture, proposals).detections(answering, thresholds);
    }

    /// The average precision of several ways of answering, on pictures that the network looks at once.
    ///
    /// @param pictures of this R-CNN's classes, in any order
    /// @param proposals theirs
    public SequencedMap<Answering, AveragePrecision> compare(DataSet pictures, ProposedBoxes proposals,
            List<Answering> ways) {
        var inOrder = pictures.withClasses(labels());
        var measured = new LinkedHashMap<Answering, AveragePrecision>();
        for (var way : ways) measured.put(way, new AveragePrecision(labels().size()));
        for (var i = 0; i < inOrder.size(); i++) {
            var answers = answers(inOrder.picture(i), proposals.of(i));
            var truth = new Target.Objects(RegionSet.objects(inOrder, i));
            measured.forEach((way, precision) -> precision.add(truth, answers.detections(way, MEASURED)));
        }
        return measured;
    }

    /// Measures on pictures of this R-CNN's classes, which are searched as they come.
    public MeasuredDetection evaluate(DataSet pictures) {
        return MeasuredDetection.of(this, pictures.withClasses(labels()), MEASURED.overlap());
    }

    private RegionAnswers answers(Picture picture, List<Box> proposals) {
        var preparation = network.preparation();
        var suited = Pictures.withChannels(picture, preparation.input().channels());
        var batches = new ArrayList<Outputs>();
        try (var arena = Arena.ofConfined()) {
            var pixels = arena.allocate(BATCH * preparation.bytes(), 64);
            for (var from = 0; from < proposals.size(); from += BATCH) {
                var part = proposals.subList(from, Math.min(proposals.size(), from + BATCH));
                for (var i = 0; i < part.size(); i++) {
                    var region = machines.settings().warp().of(suited, part.get(i), preparation.input().size(),
                            network.fill());
                    preparation.normalise(region, pixels.asSlice(i * preparation.bytes(), preparation.bytes()));
                }
                batches.add(network.run(pixels, part.size()));
            }
        }
        return new RegionAnswers(picture.size(), proposals, batches, machines);
    }

    @Override
    public void close() {
        network.close();
    }
}
