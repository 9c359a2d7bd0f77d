package dev.striate.torch;

import dev.striate.StriateException;
import dev.striate.box.Box;
import dev.striate.graph.Shape;
import dev.striate.measure.Figures;
import dev.striate.random.RandomStream;
import dev.striate.region.Assigned;
import dev.striate.region.BoxEncoding;
import dev.striate.region.Region;
import dev.striate.region.RegionDetector;
import dev.striate.region.RegionLoss;
import dev.striate.region.RegionTraining;
import dev.striate.region.RegionTraining.Learns;
import dev.striate.region.RpnMaps;
import dev.striate.region.Values;
import dev.striate.target.Target;
import java.util.ArrayList;
import java.util.LinkedHashMap;
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
        List<Assigned> of(Optional<RpnMaps> proposals, int picture, Target.Objects objects, RandomStream chance);
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
        this.choice = choice.orElse(this::chosen);
        anchors = detector.anchors().map(each -> each.at(detector.map().size())).orElse(List.of());
        features = new ExecutionGraph(detector.features(), purpose);
        head = new ExecutionGraph(detector.head(), purpose.withPictureGradient());
    }

    private List<Assigned> chosen(Optional<RpnMaps> proposals, int picture, Target.Objects objects,
            RandomStream chance) {
        var regions = proposals.map(maps -> training.proposed(maps, picture, anchors, detector.input()))
                .orElse(objects.proposals());
        return training.regions(regions, objects.boxes(), chance);
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
            var gradients = new LinkedHashMap<String, Tensor>();
            var proposals = proposals(outputs);
            var proposed = training.learns() == Learns.HEAD ? Optional.<RegionLoss>empty()
                    : proposals.map(maps -> learnProposals(maps, pictures, outputs, gradients, lesson));
            var head = training.learns() == Learns.PROPOSALS ? RegionLoss.NONE
                    : learnHead(sampled(proposals, pictures, lesson.chance()), outputs, gradients, lesson);
            pass.backward(gradients);
            return batch(proposed, head, pictures.size());
        }
    }

    private RegionLoss learnProposals(RpnMaps maps, List<Target.Objects> pictures, Map<String, Tensor> outputs,
            Map<String, Tensor> gradients, Lesson lesson) {
        var loss = training.proposalLoss(maps, anchors, pictures.stream().map(Target.Objects::boxes).toList(),
                detector.input(), lesson.chance().at("anchors"));
        gradients.put(RegionDetector.PROPOSAL_SCORES, shared(loss.scoreGradient(),
                outputs.get(RegionDetector.PROPOSAL_SCORES), lesson));
        gradients.put(RegionDetector.PROPOSAL_OFFSETS, shared(loss.offsetGradient(),
                outputs.get(RegionDetector.PROPOSAL_OFFSETS), lesson));
        return loss;
    }

    private Optional<RpnMaps> proposals(Map<String, Tensor> outputs) {
        if (detector.anchors().isEmpty()) return Optional.empty();
        return Optional.of(detector.proposals(values(outputs.get(RegionDetector.PROPOSAL_SCORES)),
                values(outputs.get(RegionDetector.PROPOSAL_OFFSETS))));
    }

    private static Target.Objects objects(Target target) {
        if (target instanceof Target.Objects objects) return objects;
        throw new StriateException("Objects with boxes were expected for each picture; received " + target + ".");
    }

    /// The regions of all pictures, one after the other.
    private Sampled sampled(Optional<RpnMaps> proposals, List<Target.Objects> pictures, RandomStream chance) {
        var rows = new ArrayList<Assigned>();
        var regions = new ArrayList<Region>();
        for (var i = 0; i < pictures.size(); i++) {
            var own = choice.of(proposals, i, pictures.get(i), chance.at("regions").at(i));
            rows.addAll(own);
            for (var row : own) regions.add(new Region(i, row.box()));
        }
        return new Sampled(rows, regions);
    }

    private record Sampled(List<Assigned> rows, List<Region> regions) {}

    private RegionLoss learnHead(Sampled sampled, Map<String, Tensor> outputs, Map<String, Tensor> gradients,
            Lesson lesson) {
        if (sampled.regions().isEmpty()) return RegionLoss.NONE;
        var map = outputs.get(RegionDetector.FEATURES);
        var pooled = detector.pooling().pool(detector.maps(values(map)), sampled.regions());
        var shape = detector.head().input();
        try (var pass = pass(head, lesson.seed() + 1)) {
            var x = plain(pooled.values(), sampled.regions().size(), shape.channels(), shape.height(), shape.width());
            var answers = pass.forward(x.to(model.parameters().values().device(), model.types().rest())
                    .contiguous(MemoryFormat.ChannelsLast));
            var scores = answers.get(RegionDetector.SCORES);
            var offsets = answers.get(RegionDetector.OFFSETS);
            var loss = training.headLosses().head(detector.answers(values(scores), values(offsets)), sampled.rows(),
                    BoxEncoding.USUAL);
            pass.backward(Map.of(RegionDetector.SCORES, shared(loss.scoreGradient(), scores, lesson),
                    RegionDetector.OFFSETS, shared(loss.offsetGradient(), offsets, lesson)));
            gradients.put(RegionDetector.FEATURES, tensor(pooled.gradient(values(pass.inputGradient())), map));
            return loss;
        }
    }

    private static Criterion.Batch batch(Optional<RegionLoss> proposals, RegionLoss head, int pictures) {
        var parts = List.of(proposals.map(RegionLoss::classes).orElse(0.0),
                proposals.map(RegionLoss::boxes).orElse(0.0), head.classes(), head.boxes());
        return new Criterion.Batch(scalar(proposals.map(RegionLoss::total).orElse(0.0) + head.total()),
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
