package dev.striate.plan;

import static dev.striate.graph.Options.*;
import static org.assertj.core.api.Assertions.assertThat;

import dev.striate.fixtures.Formula;
import dev.striate.graph.Layer;
import dev.striate.graph.Network;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Averages and 1×1 convolutions run in the order that is less work, and give what they gave.
@Tag("native")
class AveragesTest {
    private enum Case {
        PADDED(x -> average(x).at("layer").conv(16, 1).relu(), "layer", "average", "layer.bias"),
        PADDING_NOT_COUNTED(
                x -> x.at("average").avgPool(3, stride(1), pad(1), excludePadding()).at("layer").conv(16, 1),
                "layer", "average", "layer.bias"),
        NORMALISED(x -> average(x).at("layer").conv(16, 1).batchNorm().relu(),
                "layer", "average", "layer.bias"),
        SHRINKING(x -> x.at("layer").conv(64, 1).at("average").avgPool(2), "average", "layer"),
        SHRINKING_THEN_NORMALISED(
                x -> x.at("layer").conv(48, 1).at("average").avgPool(2).at("scale").batchNorm().relu(),
                "average", "layer", "scale"),
        WHOLE_MAPS(x -> x.at("average").avgPool(10, stride(1)).at("layer").conv(16, 1), "average", "layer"),
        WIDENING(x -> average(x).at("layer").conv(64, 1), "average", "layer"),
        OTHER_CURVE(x -> average(x).at("layer").conv(16, 1).tanh(), "average", "layer"),
        CURVE_BETWEEN(x -> x.at("layer").conv(64, 1).relu().at("average").avgPool(2), "layer", "average"),
        OVERLAPPING(x -> x.at("layer").conv(64, 1).at("average").avgPool(3, stride(2), pad(1)), "layer", "average"),
        WIDER_KERNEL(x -> average(x).at("layer").conv(16, 3, pad(1)), "average", "layer"),
        BETWEEN_TWO(x -> average(x).at("layer").conv(16, 1).at("second").avgPool(2),
                "layer", "average", "layer.bias", "second"),
        READ_TWICE(x -> {
            var average = average(x);
            return average.at("layer").conv(16, 1).relu().at("joined").concat(average);
        }, "average", "layer", "joined");

        private final UnaryOperator<Layer> layers;
        private final List<String> order;

        Case(UnaryOperator<Layer> layers, String... order) {
            this.layers = layers;
            this.order = List.of(order);
        }

        private static Layer average(Layer x) {
            return x.at("average").avgPool(3, stride(1), pad(1));
        }

        Network network() {
            return layers.apply(Layer.input(3, 10, 12).at("first").conv(32, 3, pad(1)).relu())
                    .network(name().toLowerCase(java.util.Locale.ROOT));
        }
    }

    @ParameterizedTest
    @EnumSource
    void runInTheOrderThatIsLessWork(Case layers) {
        var network = layers.network();
        var steps = Lowering.of(network, Formula.tensors(network)).steps();
        assertThat(steps.stream().skip(1).map(PlanStep::name)).isEqualTo(layers.order);
    }

    @ParameterizedTest
    @EnumSource
    void giveTheSameValues(Case layers) {
        Agreement.expect(layers.network());
    }
}
