package dev.striate.plan;

import static dev.striate.graph.Options.*;
import static org.assertj.core.api.Assertions.assertThat;

import dev.striate.fixtures.Formula;
import dev.striate.graph.Layer;
import dev.striate.graph.Network;
import dev.striate.onednn.WorkerThreads;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Convolutions in a quarter of the multiplications, within plans.
@Tag("native")
class WinogradTest {
    /// Error of the transforms, to the largest value.
    private static final double RELATIVE = 5e-6;

    private enum Case {
        PLAIN(x -> x.conv(40, 3, pad(1))),
        UNPADDED(x -> x.conv(40, 3)),
        RECTIFIED(x -> x.conv(40, 3, pad(1), noBias()).batchNorm().relu()),
        LEAKY(x -> x.conv(40, 3, pad(1)).leakyRelu(0.1)),
        RESIDUAL(x -> x.conv(32, 3, pad(1)).batchNorm().add(x).relu()),
        /// As in Darknet-53.
        RESIDUAL_BEHIND_THE_CURVE(x -> x.conv(32, 3, pad(1)).batchNorm().leakyRelu(0.1).add(x)),
        /// What is behind the sum is not done by tiles.
        SQUASHED(x -> x.conv(40, 3, pad(1)).sigmoid()),
        JOINED(x -> x.conv(32, 3, pad(1)).relu().concat(x.conv(48, 3, pad(1)).relu()).conv(32, 3, pad(1))),
        /// As in DenseNet.
        GROWING(x -> {
            var grown = x.concat(x.conv(32, 3, pad(1)));
            return grown.concat(grown.batchNorm().relu().conv(32, 3, pad(1))).batchNorm().relu();
        });

        private final UnaryOperator<Layer> layers;

        Case(UnaryOperator<Layer> layers) {
            this.layers = layers;
        }

        /// The first convolution of a network reads the caller's pictures and stays direct.
        Network network() {
            var x = Layer.input(3, 46, 43).conv(32, 1).relu();
            return layers.apply(x).network(name().toLowerCase(java.util.Locale.ROOT));
        }
    }

    @ParameterizedTest
    @EnumSource
    void agreesWithTheReference(Case layers) {
        Agreement.expect(layers.network(), PlanOptions.DEFAULT, 2 * WorkerThreads.size(), RELATIVE);
        Agreement.expect(layers.network(), PlanOptions.DEFAULT, 1, RELATIVE);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "SQUASHED")
    void takesConvolutionsOfThreeByThreeWithManyChannels(Case layers) {
        assertThat(tiled(layers.network(), 2, 1)).isPositive();
        assertThat(tiled(layers.network(), 1, 2)).isPositive();
    }

    /// The transforms of many filters would be read for few tiles.
    @Test
    void leavesFewTilesOfOnePictureToTheDirectConvolution() {
        var network = Layer.input(3, 14, 14).conv(256, 1).relu().conv(256, 3, pad(1)).network("deep");
        assertThat(tiled(network, 4, 1)).isPositive();
        assertThat(tiled(network, 1, 2)).isZero();
    }

    @Test
    void leavesWhatItCannotDo() {
        assertThat(tiled(Case.SQUASHED.network(), 2)).isZero();
        var x = Layer.input(3, 42, 42).conv(32, 1).relu();
        assertThat(tiled(x.conv(40, 5, pad(2)).network("large"), 2)).isZero();
        assertThat(tiled(x.conv(40, 3, pad(1), stride(2)).network("strided"), 2)).isZero();
        assertThat(tiled(x.conv(64, 3, pad(1), groups(2)).network("grouped"), 2)).isZero();
        assertThat(tiled(x.conv(16, 3, pad(1)).network("few"), 2)).isZero();
    }

    /// A number that is no multiple of the threads', and whatever a batch leaves over, is run otherwise.
    @ParameterizedTest
    @ValueSource(ints = { 1, 3, 5, 8 })
    void givesTheSameForEveryNumberOfPictures(int pictures) {
        Agreement.expect(Case.RESIDUAL.network(), PlanOptions.DEFAULT, pictures, RELATIVE);
    }

    private static long tiled(Network network, int pictures) {
        return tiled(network, pictures, 1);
    }

    private static long tiled(Network network, int pictures, int threads) {
        var lowered = Lowering.of(network, Formula.tensors(network));
        return lowered.steps().stream().filter(step -> Tiles.of(lowered, step, pictures, threads) != null).count();
    }
}
