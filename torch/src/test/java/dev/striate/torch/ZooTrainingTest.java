package dev.striate.torch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.striate.StriateException;
import dev.striate.graph.Costs;
import dev.striate.fixtures.Smallest;
import dev.striate.graph.Network;
import dev.striate.graph.Op;
import dev.striate.graph.Parameters;
import dev.striate.graph.Shape;
import dev.striate.graph.Shapes;
import dev.striate.measure.Figures;
import dev.striate.random.RandomStream;
import dev.striate.recipe.Optimization;
import dev.striate.recipe.Initialisation;
import dev.striate.recipe.Optimizer;
import dev.striate.recipe.Precision;
import dev.striate.recipe.Recipe;
import dev.striate.recipe.Recipes;
import dev.striate.recipe.Start;
import dev.striate.recipe.WeightDecay;
import dev.striate.target.Target;
import dev.striate.zoo.ZooEntry;
import dev.striate.yolo.YoloHeads;
import dev.striate.zoo.Zoo;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.BinaryOperator;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.PointerScope;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Trains the zoo's networks on a few small pictures of waves: one of each paper, and all of them where minutes do not count.
@Tag("native")
class ZooTrainingTest {
    private static final int CLASSES = 4;
    private static final Initialisation HE = new Initialisation.HeUniform();
    private static final Initialisation XAVIER = new Initialisation.XavierUniform();
    private static final long MANY_PARAMETERS = 11_000_000;
    /// Of a picture: those of papers whose smallest takes more wait for all of them.
    private static final long MUCH_WORK = 250_000_000;
    /// Each of their 54 blocks halves what the shortcut carries, so that nothing of the first arrives at the last: they
    /// are in the zoo to show that this does not train (He et al. 2016, §3 and table 1).
    private static final Set<String> UNTRAINABLE = Set.of("preresnet110_original_half_shortcut",
            "preresnet110_half_shortcut");
    private static final Comparator<ZooEntry> LEAST_WORK = Comparator.comparing(entry -> Costs.of(small(entry)).macs());

    @ParameterizedTest
    @MethodSource("smallestOfEachPaper")
    void theSmallestOfEachPaperLowersItsLossInOneStepAndOverfitsEightPictures(ZooEntry entry) {
        thenLearns(entry);
    }

    @ParameterizedTest
    @MethodSource("classifiers")
    @Tag("slow")
    void lowersItsLossInOneStepAndOverfitsEightPictures(ZooEntry entry) {
        thenLearns(entry);
    }

    /// Those that give scores of classes; the others learn from masks or boxes, which tests of their tasks show.
    static List<ZooEntry> classifiers() {
        return Smallest.inOnePiece().filter(entry -> !entry.paper().equals(Zoo.entry("fcn8s_small").paper()))
                .filter(entry -> !YoloHeads.areIn(entry.network())).toList();
    }

    static Collection<ZooEntry> smallestOfEachPaper() {
        return classifiers().stream().filter(entry -> !UNTRAINABLE.contains(entry.name()))
                .collect(Collectors.toMap(ZooEntry::paper, entry -> entry, BinaryOperator.minBy(LEAST_WORK),
                        LinkedHashMap::new))
                .values().stream().filter(entry -> Costs.of(small(entry)).macs() < MUCH_WORK).toList();
    }

    private static void thenLearns(ZooEntry entry) {
        var network = small(entry);
        try (var model = model(network, beginning(network))) {
            assertThat(stepLowersTheLoss(model, 0.02) || DoubleStream.of(0.02, 0.002, 0.0002)
                    .anyMatch(share -> afresh(network, XAVIER, fresh -> stepLowersTheLoss(fresh, share))))
                    .as("one step on two pictures lowers the loss").isTrue();
            Assumptions.assumeFalse(UNTRAINABLE.contains(entry.name()), "in the zoo to show what does not train");
            var rate = rateOfAdam(network);
            assertThat((isNormed(network) ? overfitsByAdam(model, rate) : overfitsByDescent(model))
                    || afresh(network, HE, fresh -> overfitsByAdam(fresh, rate / 5)))
                    .as("eight pictures are overfitted").isTrue();
        }
    }

    private static boolean afresh(Network network, Initialisation weights, Predicate<Model> test) {
        try (var model = model(network, weights)) {
            return test.test(model);
        }
    }

    /// By a step that would lower the loss by a share of it were it a straight line.
    private static boolean stepLowersTheLoss(Model model, double share) {
        try (var lesson = new Lesson(model, 2, Optimizer.sgd(0))) {
            var before = lesson.step(0).loss();
            lesson.step(share * before / squaredGradient(model));
            return lesson.step(0).loss() < before;
        }
    }

    private static boolean overfitsByAdam(Model model, double rate) {
        try (var lesson = new Lesson(model, 8, Optimizer.adam())) {
            return lesson.isLearnt(rate);
        }
    }

    /// Along the gradient, by steps of which the first would end the loss were it a straight line (Polyak 1969).
    private static boolean overfitsByDescent(Model model) {
        try (var lesson = new Lesson(model, 8, Optimizer.sgd(0))) {
            return lesson.isLearnt(lesson.step(0).loss() / squaredGradient(model));
        }
    }

    /// Small where batch norms undo their scale: blocks then start close to their shortcuts.
    private static Initialisation beginning(Network network) {
        return isNormed(network) ? new Initialisation.TorchUniform() : HE;
    }

    private static boolean isNormed(Network network) {
        return count(network, Op.BatchNorm.class) > 0 && count(network, Op.Linear.class) <= 1;
    }

    private static long count(Network network, Class<? extends Op> kind) {
        return network.nodes().stream().filter(node -> kind.isInstance(node.op())).count();
    }

    /// Adam moves every weight by the rate: the more inputs a unit has, the further it moves in all.
    private static double rateOfAdam(Network network) {
        var mostInputs = Parameters.of(network).stream()
                .mapToInt(parameter -> parameter.shape().stream().skip(1).reduce(1, Math::multiplyExact))
                .max().orElseThrow();
        return Math.min(1e-3, 2.4 / mostInputs);
    }

    /// The same few pictures again and again.
    private static final class Lesson implements AutoCloseable {
        private final Arena arena = Arena.ofConfined();
        private final Trainer trainer;
        private final MemorySegment pixels;
        private final List<Target> labels;

        Lesson(Model model, int pictures, Optimizer optimizer) {
            trainer = new Trainer(model, recipe(optimizer));
            pixels = waves(arena, model.network().input(), pictures);
            labels = Target.Label.of(IntStream.range(0, pictures).map(i -> i % CLASSES).toArray());
        }

        /// What was so before the step.
        Trainer.Progress step(double rate) {
            trainer.step(pixels, labels, rate);
            return trainer.progress();
        }

        /// Whether steps at this rate lead to no error; if the loss ceases to be finite they do not.
        boolean isLearnt(double rate) {
            try {
                return IntStream.range(0, 200).anyMatch(_ -> step(rate).means().get(Figures.ACCURACY) == 1);
            } catch (StriateException _) {
                return false;
            }
        }

        @Override
        public void close() {
            trainer.close();
            arena.close();
        }
    }

    /// The network at the smallest of a few sizes that its layers allow: from 16 pixels on, from 8 where that is costly.
    private static Network small(ZooEntry entry) {
        var network = smallest(entry, 16);
        return isCostly(network) ? smallest(entry, 8) : network;
    }

    private static boolean isCostly(Network network) {
        var costs = Costs.of(network);
        return costs.macs() > (costs.parameters() > MANY_PARAMETERS ? 400_000_000 : 1_300_000_000);
    }

    /// Without randomness.
    private static Network smallest(ZooEntry entry, int least) {
        for (var side : new int[] { 8, 16, 24, 32, 48, 64, 80, 96, 112, 160 }) {
            if (side < least) continue;
            try {
                var network = entry.network(new Shape(entry.input().channels(), side, side), CLASSES);
                if (outputs(network) == CLASSES && hasVarianceForNorms(network)) return withoutDropping(network);
            } catch (StriateException _) {
                // Too small for its layers: the next size.
            }
        }
        return withoutDropping(entry.network(entry.input(), CLASSES));
    }

    /// A batch norm that sees two values of a channel makes 1 and −1 of them, whatever they are.
    private static boolean hasVarianceForNorms(Network network) {
        var shapes = Shapes.of(network);
        return IntStream.range(0, network.nodes().size())
                .filter(i -> network.nodes().get(i).op() instanceof Op.BatchNorm)
                .allMatch(i -> shapes.get(i).size().area() >= 4);
    }

    private static long outputs(Network network) {
        return Shapes.of(network).get(network.output()).elements();
    }

    private static Network withoutDropping(Network network) {
        var plain = network;
        for (var node : network.nodes()) {
            if (node.op() instanceof Op.Dropout) plain = plain.withOp(node.name(), new Op.Dropout(0));
            if (node.op() instanceof Op.DropPath) plain = plain.withOp(node.name(), new Op.DropPath(0));
        }
        return plain;
    }

    private static Model model(Network network, Initialisation weights) {
        return Model.fresh(network, Start.of(weights), Device.CPU, Precision.FLOAT32);
    }

    private static double squaredGradient(Model model) {
        try (var _ = new PointerScope()) {
            var norm = model.parameters().gradients().norm().item_double();
            return norm * norm;
        }
    }

    private static Recipe recipe(Optimizer optimizer) {
        return Recipes.recipe("quick").withDescent(Optimization.of(optimizer, 1e-3, WeightDecay.NONE));
    }

    /// Pictures that differ as real ones do, in colours and coarse shapes: each channel of each is a plane wave and its mean.
    private static MemorySegment waves(Arena arena, Shape shape, int n) {
        var pixels = arena.allocate(n * shape.elements() * Float.BYTES, 64);
        var stream = RandomStream.of(5);
        for (var i = 0L; i < n * shape.elements(); i++) {
            var channel = i % shape.channels();
            var x = i / shape.channels() % shape.width();
            var y = i / shape.channels() / shape.width() % shape.height();
            var wave = stream.at(i / shape.elements()).at(channel);
            var phase = wave.uniform(0) * x + wave.uniform(1) * y + 7 * wave.uniform(2);
            pixels.setAtIndex(ValueLayout.JAVA_FLOAT, i, (float) (Math.sin(phase) + wave.normal(3)));
        }
        return pixels;
    }
}
