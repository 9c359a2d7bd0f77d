package dev.striate.torch;

import static dev.striate.graph.Options.pad;
import static dev.striate.graph.Options.stride;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;

import dev.striate.StriateException;
import dev.striate.box.Box;
import dev.striate.graph.Layer;
import dev.striate.graph.Network;
import dev.striate.graph.Op.RegionPooling.Method;
import dev.striate.graph.Parameters;
import dev.striate.graph.Shape;
import dev.striate.random.RandomStream;
import dev.striate.recipe.Augmentation;
import dev.striate.recipe.Initialisation;
import dev.striate.recipe.Objective;
import dev.striate.recipe.Precision;
import dev.striate.recipe.Recipes;
import dev.striate.recipe.Start;
import dev.striate.region.AnchorAssignment;
import dev.striate.region.Assigned;
import dev.striate.region.Backbone;
import dev.striate.region.Proposals;
import dev.striate.region.RegionDetector;
import dev.striate.region.RegionLosses;
import dev.striate.region.RegionSampling;
import dev.striate.region.RegionTraining;
import dev.striate.region.RpnMaps;
import dev.striate.region.SmoothL1;
import dev.striate.target.Target;
import dev.striate.target.Target.LabelledBox;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Faster R-CNN's whole loss and the way back of its gradient: head, regions, proposal network, backbone.
@Tag("native")
class RegionPassesTest {
    private static final Shape PICTURE = new Shape(3, 24, 28);
    private static final double STEP = 1e-6;
    private static final RegionTraining TRAINING = new RegionTraining(new AnchorAssignment(0.5, 0.3, 16, 0.5, true),
            new Proposals(50, 0.7, 20, 2), RegionSampling.fasterRcnn(6), new RegionLosses(2, new SmoothL1(0.3)),
            RegionLosses.ofHead());
    /// The second picture shows nothing.
    private static final List<Target> TARGETS = List.of(new Target.Objects(List.of(
            new LabelledBox(new Box(2, 3, 12, 14), 1), new LabelledBox(new Box(10, 8, 24, 18), 0)),
            List.of(new Box(1, 2, 11, 15), new Box(9, 9, 23, 20), new Box(15, 0, 27, 9))),
            new Target.Objects(List.of()));

    @BeforeAll
    static void start() {
        Libtorch.load();
    }

    @ParameterizedTest
    @EnumSource(Method.class)
    void theGradientOfFasterRcnnsWholeLossIsThatOfCentralDifferencesForFixedRegions(Method pooling) {
        checkGradient(detector(pooling));
    }

    @ParameterizedTest
    @EnumSource(Method.class)
    void soIsThatOfFastRcnnsLoss(Method pooling) {
        checkGradient(detector(pooling, List.of(), List.of()));
    }

    private static void checkGradient(Network network) {
        try (var model = Model.fresh(network, Start.of(new Initialisation.HeFanIn()), Device.CPU,
                Precision.FLOAT64); var _ = new PointerScope()) {
            model.parameters().train();
            var passes = passes(model, Optional.of(new Remembered(model)));
            model.parameters().gradients().zero_();
            loss(passes);
            var analytic = new HashMap<String, double[]>();
            for (var parameter : Parameters.of(network)) {
                analytic.put(parameter.name(), Tensors.doubles(model.parameters().get(parameter.name()).grad()));
            }
            assertThat(analytic.get("conv1.weight")).isNotEqualTo(new double[4 * 3 * 9]);
            analytic.forEach((name, gradient) -> compare(passes, name, model.parameters().get(name), gradient));
        }
    }

    @Test
    void aPictureWithoutObjectsIsLearntFromAsBackground() {
        try (var model = Model.fresh(detector(Method.MAX), Start.of(new Initialisation.HeFanIn()), Device.CPU,
                Precision.FLOAT32); var _ = new PointerScope()) {
            model.parameters().train();
            var batch = passes(model, Optional.empty()).learn(lesson(List.of(TARGETS.getLast(), TARGETS.getLast())));
            assertThat(batch.loss().item_double()).isFinite();
            assertThat(batch.sums().get(3).item_double()).as("the head's boxes").isZero();
        }
    }

    @Test
    void otherNetworksAreRefused() {
        var network = Layer.input(PICTURE).flatten().linear(3).network("classifier");
        try (var model = Model.fresh(network, Start.of(new Initialisation.HeFanIn()), Device.CPU,
                Precision.FLOAT32)) {
            var recipe = Recipes.recipe("quick").withAugmentations(List.<Augmentation>of())
                    .withObjective(new Objective.Regions(TRAINING));
            assertThatThrownBy(() -> new Trainer(model, recipe)).isInstanceOf(StriateException.class)
                    .hasMessageContaining("expects a network that pools them");
        }
    }

    /// What the head learns from at first, for good.
    private static final class Remembered implements RegionPasses.Choice {
        private final Model model;
        private final Map<Integer, List<Assigned>> regions = new HashMap<>();

        Remembered(Model model) {
            this.model = model;
        }

        @Override
        public List<Assigned> of(Optional<RpnMaps> proposals, int picture, Target.Objects objects,
                RandomStream chance) {
            var detector = RegionDetector.of(model.network());
            var boxes = proposals.map(maps -> TRAINING.proposed(maps, picture,
                    detector.anchors().orElseThrow().at(detector.map().size()), detector.input()))
                    .orElse(objects.proposals());
            return regions.computeIfAbsent(picture, _ -> TRAINING.regions(boxes, objects.boxes(), chance));
        }
    }

    private static RegionPasses passes(Model model, Optional<RegionPasses.Choice> choice) {
        return new RegionPasses(model, RegionDetector.of(model.network()), TRAINING,
                Purpose.training(_ -> true, false, Optional.empty()), choice);
    }

    /// Smooth everywhere but in the pooling and the proposal network's rectifier.
    private static Network detector(Method pooling) {
        return detector(pooling, List.of(8.0, 12.0), List.of(0.7, 1.4));
    }

    private static Network detector(Method pooling, List<Double> scales, List<Double> ratios) {
        var x = Layer.input(PICTURE).at("conv1").conv(4, 3, stride(2),
                pad(1)).tanh();
        x = x.at("conv2").conv(5, 3, stride(2), pad(1)).tanh();
        x = x.flatten().at("fc").linear(7).tanh().at("last").linear(3);
        return new Backbone(4, 6, pooling, scales, ratios).detector(x.network("tiny"), PICTURE,
                2);
    }

    private static Learning.Lesson lesson(List<Target> targets) {
        var stream = RandomStream.of(5).at("pixels");
        var values = new double[2 * Math.toIntExact(PICTURE.elements())];
        for (var i = 0; i < values.length; i++) values[i] = 2 * stream.uniform(i) - 1;
        var pixels = Tensors.of(values, 2, PICTURE.channels(), PICTURE.height(), PICTURE.width());
        return new Learning.Lesson(pixels.contiguous(torch.MemoryFormat.ChannelsLast), targets, new Mixing.Unmixed(), 0,
                1, 3, RandomStream.of(9));
    }

    private static double loss(RegionPasses passes) {
        return passes.learn(lesson(TARGETS)).loss().item_double();
    }

    private static void compare(RegionPasses passes, String name, Tensor values, double[] gradient) {
        var places = new ArrayList<Integer>();
        for (var k = 0; k < 5; k++)
            places.add((int) Math.floorMod(RandomStream.of(1).at(name).bits(k), values.numel()));
        for (var place : places) {
            var element = GradientCheck.element(values.data(), place);
            element.add_(new Scalar(STEP));
            var above = loss(passes);
            element.sub_(new Scalar(2 * STEP));
            var below = loss(passes);
            element.add_(new Scalar(STEP));
            assertThat(gradient[place]).as("%s[%d]", name, place)
                    .isCloseTo((above - below) / (2 * STEP), offset(1e-6));
        }
    }
}
