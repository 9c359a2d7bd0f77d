package dev.striate.torch;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.striate.StriateException;
import dev.striate.fixtures.SeveralOutputs;
import dev.striate.recipe.Precision;
import dev.striate.recipe.Recipes;
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
}
