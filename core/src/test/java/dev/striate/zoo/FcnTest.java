package dev.striate.zoo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.striate.graph.Network;
import dev.striate.graph.Node;
import dev.striate.graph.Op;
import dev.striate.graph.Parameter;
import dev.striate.graph.Parameters;
import dev.striate.graph.Shape;
import dev.striate.graph.Shapes;
import dev.striate.graph.Window;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FcnTest {
    static Stream<ZooEntry> entries() {
        return Zoo.entries().stream().filter(entry -> entry.name().startsWith("fcn"));
    }

    /// Scores of stride 32, 16 or 8 lie over the pixels that they are of: along every way through the network, unit o of
    /// the output has its middle at pixel o.
    @ParameterizedTest
    @MethodSource("entries")
    void laysItsScoresOverTheirPixels(ZooEntry entry) {
        var network = entry.network();
        var middles = middles(network, network.nodes().get(network.output())).distinct().toList();
        assertThat(middles).hasSize(1);
        assertThat(middles.getFirst().at(7)).isCloseTo(7, within(1e-9));
        assertThat(middles.getFirst().at(400)).isCloseTo(400, within(1e-9));
    }

    @ParameterizedTest
    @MethodSource("entries")
    void takesPicturesOfAnySize(ZooEntry entry) {
        for (var size : List.of(new Shape(3, 96, 131), new Shape(3, 201, 64))) {
            var network = entry.network().withInput(size);
            assertThat(Shapes.of(network).get(network.output())).isEqualTo(size.withChannels(entry.classes()));
        }
    }

    /// Sides of the maps of the published networks for a picture of 500×500.
    @Test
    void hasThePublishedMaps() {
        var network = Zoo.network("fcn8s_vgg16");
        assertThat(Stream.of("conv1_1", "pool1", "pool2", "pool3", "pool4", "pool5", "fc6", "upscore2", "upscore_pool4",
                "upscore8", "score").map(name -> Shapes.of(network).get(network.index(name)).height()))
                .containsExactly(698, 349, 175, 88, 44, 22, 16, 34, 70, 568, 500);
    }

    @Test
    void fixesTheLastInterpolationAndLearnsTheOthers() {
        assertThat(Parameters.of(Zoo.network("fcn8s_vgg16")).stream()
                .filter(parameter -> parameter.name().startsWith("up"))
                .map(parameter -> parameter.name() + " " + parameter.role()))
                .containsExactly("upscore2.weight " + Parameter.Role.WEIGHT,
                        "upscore_pool4.weight " + Parameter.Role.WEIGHT,
                        "upscore8.weight " + Parameter.Role.FIXED_WEIGHT);
    }

    /// The pixel under the middle of a unit: `scale · unit + offset`.
    private record Middle(double scale, double offset) {
        double at(double unit) {
            return scale * unit + offset;
        }

        /// Of units o of a layer whose window slides over this: input unit `stride · o + (kernel − 1)/2 − padding`.
        Middle slide(Window w) {
            return of(w.stride().height(), (w.kernel().height() - 1) / 2.0 - w.padding().height());
        }

        /// Of a transposed convolution: what it spreads from input unit i has its middle where the window's would lie.
        Middle spread(Window w) {
            double stride = w.stride().height();
            return of(1 / stride, -((w.kernel().height() - 1) / 2.0 - w.padding().height()) / stride);
        }

        private Middle of(double stride, double start) {
            return new Middle(round(scale * stride), round(scale * start + offset));
        }

        private static double round(double value) {
            return Math.rint(value * 1024) / 1024;
        }
    }

    /// One for each way from the node to the picture.
    private static Stream<Middle> middles(Network network, Node node) {
        if (node.inputs().isEmpty()) return Stream.of(new Middle(1, 0));
        return node.reads().stream().flatMap(input -> middles(network, network.nodes().get(input)))
                .map(middle -> switch (node.op()) {
                    case Op.Conv conv -> middle.slide(conv.window());
                    case Op.MaxPool pool -> middle.slide(pool.window());
                    case Op.TransposedConv conv -> middle.spread(conv.window());
                    case Op.Crop crop -> middle.of(1, crop.top());
                    default -> middle;
                });
    }
}
