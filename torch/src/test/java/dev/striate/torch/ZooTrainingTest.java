package dev.striate.torch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.striate.StriateException;
import dev.striate.graph.Costs;
import dev.striate.graph.Network;
import dev.striate.graph.Op;
import dev.striate.graph.Parameters;
import dev.striate.graph.Shape;
import dev.striate.graph.Shapes;
import dev.striate.random.RandomStream;
import dev.striate.recipe.Descent;
import dev.striate.recipe.Initialisation;
import dev.striate.recipe.Optimizer;
import dev.striate.recipe.Precision;
import dev.striate.recipe.Recipe;
import dev.striate.recipe.Recipes;
import dev.striate.recipe.Start;
import dev.striate.recipe.WeightDecay;
import dev.striate.zoo.Entry;
import dev.striate.zoo.Zoo;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bytedeco.javacpp.PointerScope;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Trains every network of the zoo on a few small pictures of waves.
@Tag("native")
class ZooTrainingTest {
    private static final int CLASSES = 4;
    private static final long MANY_PARAMETERS = 11_000_000;
    /// Each of their 54 blocks halves what the shortcut carries, so that nothing of the first arrives at the last: they
    /// are in the zoo to show that this does not train (He et al. 2016, §3 and table 1).
    private static final Set<String> UNTRAINABLE = Set.of("preresnet110_original_half_shortcut",
            "preresnet110_half_shortcut");

    @ParameterizedTest
    @MethodSource("entries")
    void lowersItsLossInOneStepAndOverfitsEightPictures(Entry entry) {
        var network = small(entry);
        var beginning = Beginning.of(network);
        try (var model = model(network, beginning.weights())) {
            assertThat(stepLowersTheLoss(model, 0.02) || DoubleStream.of(0.02, 0.002, 0.0002)
                    .anyMatch(share -> afresh(network, Beginning.XAVIER, fresh -> stepLowersTheLoss(fresh, share))))
                    .as("one step on two pictures lowers the loss").isTrue();
            Assumptions.assumeFalse(UNTRAINABLE.contains(entry.name()), "in the zoo to show what does not train");
            assertThat(overfits(model, beginning.rate())
                    || afresh(network, Beginning.HE, fresh -> overfits(fresh, beginning.rate() / 5)))
                    .as("eight pictures are overfitted").isTrue();
        }
    }

    /// The weights and the rate that few steps suffice with.
    ///
    /// Where batch norms undo the weights' scale, small ones and long steps: blocks then start close to their shortcuts.
    /// Elsewhere activations keep their size only with He's, and a long step ends ReLUs' gradients. Adam moves every
    /// weight by the rate: the more inputs a unit has, the further it moves in all.
    private record Beginning(Initialisation weights, double rate) {
        private static final Initialisation HE = new Initialisation.HeFanIn();
        private static final Initialisation XAVIER = new Initialisation.XavierUniform();
        private static final Initialisation SMALL = new Initialisation.TorchUniform();

        static Beginning of(Network network) {
            return isNormed(network)
                    ? new Beginning(SMALL, Math.min(1e-3, 2.4 / mostInputs(network)))
                    : new Beginning(HE, Math.min(1e-4, 1.0 / mostInputs(network)));
        }

        private static boolean isNormed(Network network) {
            return count(network, Op.BatchNorm.class) > 0 && count(network, Op.Linear.class) <= 1;
        }

        private static long count(Network network, Class<? extends Op> kind) {
            return network.nodes().stream().filter(node -> kind.isInstance(node.op())).count();
        }

        private static int mostInputs(Network network) {
            return Parameters.of(network).stream()
                    .mapToInt(parameter -> parameter.shape().stream().skip(1).reduce(1, Math::multiplyExact))
                    .max().orElseThrow();
        }
    }

    private static boolean afresh(Network network, Initialisation weights, Predicate<Model> test) {
        try (var model = model(network, weights)) {
            return test.test(model);
        }
    }

    /// Along the gradient, by a step that would lower the loss by a share of it were it a straight line.
    private static boolean stepLowersTheLoss(Model model, double share) {
        try (var arena = Arena.ofConfined(); var trainer = new Trainer(model, recipe(Optimizer.sgd(0)))) {
            var pixels = waves(arena, model.network().input(), 2);
            var labels = new int[] { 0, 1 };
            trainer.step(pixels, labels, 0);
            var before = trainer.progress().loss();
            trainer.step(pixels, labels, share * before / squaredGradient(model));
            trainer.progress();
            trainer.step(pixels, labels, 0);
            return trainer.progress().loss() < before;
        }
    }

    private static boolean overfits(Model model, double rate) {
        try (var arena = Arena.ofConfined(); var trainer = new Trainer(model, recipe(Optimizer.adam()))) {
            var pixels = waves(arena, model.network().input(), 8);
            var labels = IntStream.range(0, 8).map(i -> i % CLASSES).toArray();
            for (var step = 0; step < 200; step++) {
                trainer.step(pixels, labels, rate);
                if (trainer.progress().accuracy() == 1) return true;
            }
            return false;
        }
    }

    static Stream<Entry> entries() {
        return Zoo.entries().stream();
    }

    /// The network at the smallest of a few sizes that its layers allow: from 16 pixels on, from 8 where that is costly.
    private static Network small(Entry entry) {
        var network = smallest(entry, 16);
        return isCostly(network) ? smallest(entry, 8) : network;
    }

    private static boolean isCostly(Network network) {
        var costs = Costs.of(network);
        return costs.macs() > (costs.parameters() > MANY_PARAMETERS ? 400_000_000 : 1_300_000_000);
    }

    /// Without randomness.
    private static Network smallest(Entry entry, int least) {
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
        return Recipes.recipe("quick").withDescent(Descent.of(optimizer, 1e-3, WeightDecay.NONE));
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
