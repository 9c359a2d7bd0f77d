package dev.striate.vision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.striate.fixtures.Formula;
import dev.striate.graph.Network;
import dev.striate.recipe.Precision;
import dev.striate.torch.Device;
import dev.striate.torch.Model;
import dev.striate.zoo.Zoo;
import java.lang.foreign.Arena;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The compiled plan against libtorch's float64, where one 3×3 convolution after another is done by tiles.
@Tag("native")
@Tag("slow")
class DeepPlanTest {
    private static final int PICTURES = 2;

    /// The bar that the logits of torchvision's own networks are held to.
    @Test
    void keepsVgg19sLogitsToAMillionthOfTheirNorm() {
        var network = Zoo.entry("vgg19").network();
        var exact = exact(network);
        var values = planned(network);
        assertThat(values).hasSameSizeAs(exact);
        var norm = norm(exact);
        assertThat(norm).isFinite().isPositive();
        for (var i = 0; i < exact.length; i++) {
            assertThat((double) values[i]).as("logit %d", i).isCloseTo(exact[i], within(1e-6 * norm));
        }
        assertThat(norm(values)).isCloseTo(norm, within(1e-6 * norm));
    }

    private static float[] exact(Network network) {
        try (var arena = Arena.ofConfined();
                var model = Model.of(network, Formula.doubles(network), Device.CPU, Precision.FLOAT64)) {
            return model.predict(Formula.pictures(arena, network.input(), PICTURES), PICTURES).main();
        }
    }

    private static float[] planned(Network network) {
        try (var arena = Arena.ofConfined(); var plan = Inference.onPlan(network, Formula.tensors(network))) {
            return plan.run(Formula.pictures(arena, network.input(), PICTURES), PICTURES).main();
        }
    }

    private static double norm(float[] values) {
        var squares = 0.0;
        for (var value : values) squares += (double) value * value;
        return Math.sqrt(squares);
    }
}
