package dev.striate.torch;

import static dev.striate.graph.Options.noBias;
import static dev.striate.graph.Options.same;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.striate.StriateException;
import dev.striate.fixtures.SeveralOutputs;
import dev.striate.graph.Layer;
import dev.striate.graph.Network;
import dev.striate.graph.Size;
import dev.striate.random.RandomStream;
import dev.striate.recipe.Augmentation;
import dev.striate.recipe.Precision;
import dev.striate.recipe.Recipes;
import dev.striate.target.Target;
import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("native")
class TrainerTest {
    @Test
    void refusesToTrainSeveralOutputsOnLabels() {
        var recipe = Recipes.recipe("resnet-cifar");
        var network = SeveralOutputs.threeScales();
        try (var model = Model.fresh(network, recipe.start(), Device.CPU, Precision.FLOAT32)) {
            assertThatThrownBy(() -> new Trainer(model, recipe)).isInstanceOf(StriateException.class)
                    .hasMessage(
                            "Training on labels expects one output beside auxiliary ones; received three scales with "
                                    + "the outputs [output, layer18, layer25].");
        }
    }

    @Test
    void refusesAMosaicOfPicturesWithOneClassEach() {
        var recipe = Recipes.recipe("quick").withMosaic(new Augmentation.Mosaic(0.5));
        try (var model = Model.fresh(network(12), recipe.start(), Device.CPU, Precision.FLOAT32)) {
            assertThatThrownBy(() -> new Trainer(model, recipe)).isInstanceOf(StriateException.class)
                    .hasMessageContaining("A mosaic expects any number of objects in a picture");
        }
    }

    /// A step at another size is the step of the same weights in a network of that input, and leaves no trace in the next.
    @Test
    void trainsTheSameWeightsAtSeveralSizes() {
        var recipe = Recipes.recipe("quick");
        try (var model = Model.fresh(network(12), recipe.start(), Device.CPU, Precision.FLOAT32);
                var trainer = new Trainer(model, recipe);
                var large = Model.fresh(network(20), recipe.start(), Device.CPU, Precision.FLOAT32);
                var largeTrainer = new Trainer(large, recipe);
                var small = Model.fresh(network(12), recipe.start(), Device.CPU, Precision.FLOAT32);
                var smallTrainer = new Trainer(small, recipe)) {
            step(trainer, 20);
            step(largeTrainer, 20);
            assertThat(bytes(model)).isEqualTo(bytes(large));
            small.load(large.tensors());
            smallTrainer.resume(largeTrainer.state(), 1);
            step(trainer, 12);
            step(smallTrainer, 12);
            assertThat(bytes(model)).isEqualTo(bytes(small)).isNotEqualTo(bytes(large));
        }
    }

    private static void step(Trainer trainer, int side) {
        var noise = RandomStream.of(4);
        try (var arena = Arena.ofConfined()) {
            var pixels = arena.allocate(2L * 3 * side * side * Float.BYTES, 64);
            for (var i = 0; i < 2 * 3 * side * side; i++) {
                pixels.setAtIndex(ValueLayout.JAVA_FLOAT, i, (float) noise.normal(i));
            }
            trainer.step(pixels, Size.square(side), Target.Label.of(0, 1), 0.01);
        }
    }

    private static Network network(int side) {
        return Layer.input(3, side, side).at("conv1").conv(8, 3, same(), noBias()).at("bn1").batchNorm().relu()
                .maxPool(2)
                .at("conv2").conv(8, 3, same()).relu().globalAvgPool().flatten().at("fc").linear(2).network("sizes");
    }

    private static List<ByteBuffer> bytes(Model model) {
        return model.tensors().values().stream().map(each -> each.bytes().asByteBuffer()).toList();
    }
}
