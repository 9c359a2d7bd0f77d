package dev.striate.torch;

import dev.striate.StriateException;
import dev.striate.box.Box;
import dev.striate.graph.Shape;
import dev.striate.measure.Figures;
import dev.striate.random.RandomStream;
import dev.striate.region.Assigned;
import dev.striate.region.BoxEncoding;
import dev.striate.region.FeatureMaps;
import dev.striate.region.Region;
import dev.striate.region.RegionDetector;
import dev.striate.region.RegionLoss;
import dev.striate.region.RegionTraining;
import dev.striate.region.RpnMaps;
import dev.striate.region.Values;
import dev.striate.target.Target;
import dev.striate.target.Target.LabelledBox;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.MemoryFormat;

/// A pass through each half of a detector with regions, and what lies between them in plain Java: proposals, sampling,
/// pooling, losses and their gradients. The regions are constants: no gradient goes through their corners (Ren et al. 2015,
/// §3.2, approximate joint training).
final class RegionPasses implements Learning {
    private static final List<String> FIGURES = List.of(Figures.LOSS, "proposalClasses", "proposalBoxes", "classes",
            "boxes");

    private final Model model;
    private final RegionDetector detector;
    private final RegionTraining training;
    private final Choice choice;
    private final List<Box> anchors;
    private final ExecutionGraph features;
    private final ExecutionGraph head;

    /// Which regions of a picture the head learns from.
    @FunctionalInterface
    interface Choice {
        List<Assigned> of(RpnMaps proposals, int picture, List<LabelledBox> objects, RandomStream chance);
    }

    RegionPasses(Model model, RegionDetector detector, RegionTraining training, Purpose purpose) {
        this(model, detector, training, purpose, Optional.empty());
    }

    /// @param choice in place of the training's own
    RegionPasses(Model model, RegionDetector detector, RegionTraining training, Purpose purpose,
            Optional<Choice> choice) {
        this.model = model;
        this.detector = detector;
        this.training = training;
        anchors = detector.anchors().map(each -> each.at(detector.map().size())).orElseThrow(
                () -> StriateException.network("Training expects a network that proposes regions itself; received "
                        + detector.features().name() + ", which has no anchors."));
        this.choice = choice
                .orElse((proposals, picture, objects, chance) -> training.regions(proposals, picture, anchors,
                        objects, detector.input(), chance));
        features = new ExecutionGraph(detector.features(), purpose);
        head = new ExecutionGraph(detector.head(), purpose.withPictureGradient());
    }

    @Override
    public List<String> figures() {
        return FIGURES;
    }

    @Override
    public Shape input() {
        return detector.features().input();
    }

    @Override
    public Pass look(long seed) {
        return pass(features, seed);
    }

    private Pass pass(ExecutionGraph graph, long seed) {
        return new Pass(graph, model.parameters(), model.types(), Pass.Mode.TRAINING, seed);
    }

    @Override
    public Criterion.Batch learn(Lesson lesson) {
        var pictures = lesson.targets().stream().map(RegionPasses::objects).toList();
        try (var pass = look(lesson.seed())) {
            var outputs = pass.forward(lesson.pixels());
            var scores = outputs.get(RegionDetector.PROPOSAL_SCORES);
            var offsets = outputs.get(RegionDetector.PROPOSAL_OFFSETS);
            var proposals = detector.proposals(values(scores), values(offsets));
            var chance = lesson.chance();
            var loss = training.proposalLoss(proposals, anchors, pictures, detector.input(), chance.at("anchors"));
            var sampled = sampled(proposals, pictures, chance.at("regions"));
            var map = outputs.get(RegionDetector.FEATURES);
            var learnt = learnHead(detector.maps(values(map)), sampled, lesson);
            pass.backward(Map.of(RegionDetector.FEATURES, tensor(learnt.mapGradient(), map),
                    RegionDetector.PROPOSAL_SCORES, shared(loss.scoreGradient(), scores, lesson),
                    RegionDetector.PROPOSAL_OFFSETS, shared(loss.offsetGradient(), offsets, lesson)));
            return batch(loss, learnt.loss(), pictures.size());
        }
    }

    private static List<LabelledBox> objects(Target target) {
        if (target instanceof Target.Objects(var boxes, _)) return boxes;
        throw new StriateException("Objects with boxes were expected for each picture; received " + target + ".");
    }

    /// The regions of all pictures, one after the other.
    private Sampled sampled(RpnMaps proposals, List<List<LabelledBox>> pictures, RandomStream chance) {
        var rows = new ArrayList<Assigned>();
        var regions = new ArrayList<Region>();
        for (var i = 0; i < pictures.size(); i++) {
            var own = choice.of(proposals, i, pictures.get(i), chance.at(i));
            rows.addAll(own);
            for (var row : own) regions.add(new Region(i, row.box()));
        }
        return new Sampled(rows, regions);
    }

    private record Sampled(List<Assigned> rows, List<Region> regions) {}

    private record Learnt(RegionLoss loss, Values mapGradient) {}

    private Learnt learnHead(FeatureMaps maps, Sampled sampled, Lesson lesson) {
        var pooled = detector.pooling().pool(maps, sampled.regions());
        var shape = detector.head().input();
        try (var pass = pass(head, lesson.seed() + 1)) {
            var x = plain(pooled.values(), sampled.regions().size(), shape.channels(), shape.height(), shape.width());
            var outputs = pass.forward(x.to(model.parameters().values().device(), model.types().rest())
                    .contiguous(MemoryFormat.ChannelsLast));
            var scores = outputs.get(RegionDetector.SCORES);
            var offsets = outputs.get(RegionDetector.OFFSETS);
            var loss = training.headLosses().head(detector.answers(values(scores), values(offsets)), sampled.rows(),
                    BoxEncoding.USUAL);
            pass.backward(Map.of(RegionDetector.SCORES, shared(loss.scoreGradient(), scores, lesson),
                    RegionDetector.OFFSETS, shared(loss.offsetGradient(), offsets, lesson)));
            return new Learnt(loss, pooled.gradient(values(pass.inputGradient())));
        }
    }

    private static Criterion.Batch batch(RegionLoss proposals, RegionLoss head, int pictures) {
        var parts = List.of(proposals.classes(), proposals.boxes(), head.classes(), head.boxes());
        return new Criterion.Batch(scalar(proposals.total() + head.total()),
                parts.stream().map(part -> scalar(part * pictures)).toList());
    }

    private static Tensor scalar(double value) {
        return Tensors.of(new double[] { value }, 1);
    }

    /// In the precision that the model computes in.
    private Values values(Tensor tensor) {
        return model.types() == ComputeTypes.FLOAT64 ? Values.of(Tensors.doubles(tensor))
                : Values.of(Tensors.floats(tensor));
    }

    private static Tensor plain(Values values, long... shape) {
        return switch (values) {
            case Values.Floats(var floats) -> Tensors.of(floats, shape);
            case Values.Doubles(var doubles) -> Tensors.of(doubles, shape);
        };
    }

    private static Tensor tensor(Values values, Tensor like) {
        return plain(values, like.sizes().vec().get()).to(like.device(), like.scalar_type());
    }

    private static Tensor shared(Values gradient, Tensor like, Lesson lesson) {
        return tensor(gradient, like).mul_(new Scalar(lesson.share()));
    }
}
