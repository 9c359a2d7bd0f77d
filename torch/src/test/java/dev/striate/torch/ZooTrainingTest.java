package dev.striate.torch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.striate.StriateException;
import dev.striate.graph.Costs;
import dev.striate.graph.Network;
import dev.striate.graph.Op;
import dev.striate.graph.Shape;
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
import java.util.Comparator;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bytedeco.javacpp.PointerScope;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Trains the networks of the zoo on a few small pictures of noise.
@Tag("native")
class ZooTrainingTest {
    private static final int CLASSES = 4;
    /// Larger ones take minutes for their fully connected layers alone; each has a sibling of its family below.
    private static final long MOST_PARAMETERS = 15_000_000;
    private static final long MOST_MACS = 300_000_000;

    /// Along the gradient, by a step that would lower the loss by 5, 1 or 0.2 % were it a straight line.
    @ParameterizedTest
    @MethodSource("networks")
    void oneStepOnTwoPicturesLowersTheLoss(Network network) {
        try (var arena = Arena.ofConfined();
                var model = model(network);
                var trainer = new Trainer(model, recipe(Optimizer.sgd(0)))) {
            var pixels = noise(arena, network.input(), 2);
            var labels = new int[] { 0, 1 };
            var start = model.tensors();
            var lowered = DoubleStream.of(0.05, 0.01, 0.002).anyMatch(share -> {
                model.load(start);
                trainer.step(pixels, labels, 0);
                var before = trainer.progress().loss();
                trainer.step(pixels, labels, share * before / squaredGradient(model));
                trainer.progress();
                trainer.step(pixels, labels, 0);
                return trainer.progress().loss() < before;
            });
            assertThat(lowered).as(network.name()).isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource("smallestOfEachFamily")
    void overfitsEightPictures(Network network) {
        try (var arena = Arena.ofConfined();
                var model = model(network);
                var trainer = new Trainer(model, recipe(Optimizer.adam()))) {
            var pixels = noise(arena, network.input(), 8);
            var labels = IntStream.range(0, 8).map(i -> i % CLASSES).toArray();
            var accuracy = 0.0;
            for (var step = 0; step < 200 && accuracy < 1; step++) {
                trainer.step(pixels, labels, 5e-4);
                accuracy = trainer.progress().accuracy();
            }
            assertThat(accuracy).as(network.name()).isEqualTo(1);
        }
    }

    static Stream<Network> networks() {
        return Zoo.entries().stream().map(ZooTrainingTest::small).filter(ZooTrainingTest::affordable);
    }

    static Stream<Network> smallestOfEachFamily() {
        var families = Zoo.entries().stream().collect(Collectors.groupingBy(entry -> entry.paper().title()));
        // Network in Network ends in a ReLU before its average, which dies on noise at any rate tried: no gradient is left.
        families.remove("Network In Network");
        return families.values().stream().flatMap(family -> family.stream().map(ZooTrainingTest::small)
                .filter(ZooTrainingTest::affordable)
                .min(Comparator.comparingLong(network -> Costs.of(network).macs())).stream());
    }

    private static boolean affordable(Network network) {
        var costs = Costs.of(network);
        return costs.parameters() <= MOST_PARAMETERS && costs.macs() <= MOST_MACS;
    }

    /// The network at the smallest of a few sizes that its layers allow, without randomness.
    private static Network small(Entry entry) {
        // Large networks end in one cell at 32 pixels: two pictures there say little to a batch norm.
        var smallest = entry.input().height() <= 64 ? 32 : 64;
        for (var side : new int[] { smallest, 80, 96, 112, 160, 224 }) {
            var channels = entry.input().channels();
            try {
                var network = entry.network(new Shape(channels, Math.min(side, entry.input().height()),
                        Math.min(side, entry.input().width())), CLASSES);
                if (outputs(network) == CLASSES) return withoutDropping(network);
            } catch (StriateException _) {
                // Too small for its layers: the next size.
            }
        }
        return withoutDropping(entry.network(entry.input(), CLASSES));
    }

    private static long outputs(Network network) {
        return dev.striate.graph.Shapes.of(network).get(network.output()).elements();
    }

    private static Network withoutDropping(Network network) {
        var plain = network;
        for (var node : network.nodes()) {
            if (node.op() instanceof Op.Dropout) plain = plain.withOp(node.name(), new Op.Dropout(0));
            if (node.op() instanceof Op.DropPath) plain = plain.withOp(node.name(), new Op.DropPath(0));
        }
        return plain;
    }

    private static Model model(Network network) {
        return Model.fresh(network, Start.of(new Initialisation.HeFanIn()), Device.CPU, Precision.FLOAT32);
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

    private static MemorySegment noise(Arena arena, Shape shape, int n) {
        var count = n * shape.elements();
        var pixels = arena.allocate(count * Float.BYTES, 64);
        var stream = RandomStream.of(5);
        for (var i = 0L; i < count; i++) pixels.setAtIndex(ValueLayout.JAVA_FLOAT, i, (float) stream.normal(i));
        return pixels;
    }
}
