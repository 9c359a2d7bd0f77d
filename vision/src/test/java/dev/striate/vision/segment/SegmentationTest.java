package dev.striate.vision.segment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.striate.StriateException;
import dev.striate.graph.Op;
import dev.striate.graph.Parameters;
import dev.striate.graph.Shape;
import dev.striate.graph.Shapes;
import dev.striate.recipe.Objective;
import dev.striate.recipe.Recipes;
import dev.striate.task.Task;
import dev.striate.zoo.Zoo;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SegmentationTest {
    private static final Segmentation TWO = new Segmentation(new Task.Segmentation(List.of("ground", "thing")));

    @ParameterizedTest
    @ValueSource(strings = { "fcn32s_small", "fcn16s_small", "fcn8s_small", "fcn8s_vgg16", "fcn8s_vgg16_at_once" })
    void fitsEveryScoreToTheClasses(String name) {
        var fitted = TWO.fitted(Zoo.network(name));

        TWO.check(fitted);
        assertThat(Parameters.of(fitted)).isEqualTo(Parameters.of(Zoo.entry(name).network(fitted.input(), 2)));
        assertThat(TWO.fitted(fitted)).isSameAs(fitted);
    }

    @Test
    void keepsWhatAnInterpolationStartsFrom() {
        var fitted = TWO.fitted(Zoo.network("fcn8s_vgg16"));
        var last = (Op.TransposedConv) fitted.nodes().get(fitted.index("upscore8")).op();

        assertThat(last.from()).isEqualTo(Op.Filters.FIXED_BILINEAR);
        assertThat(Shapes.of(fitted).get(fitted.output())).isEqualTo(new Shape(2, 500, 500));
    }

    @Test
    void refusesAClassifier() {
        assertThatThrownBy(() -> TWO.fitted(Zoo.network("vgg16"))).isInstanceOf(StriateException.class)
                .hasMessageContaining("A network for segmentation was expected")
                .hasMessageContaining("'classifier.6'");
        assertThatThrownBy(() -> TWO.check(Zoo.entry("nin").network(new Shape(3, 224, 224), 2)))
                .isInstanceOf(StriateException.class)
                .hasMessageContaining("expects a network that gives 2×224×224, a map as large as its input");
    }

    @Test
    void learnsPixelsByAnyRecipe() {
        assertThat(TWO.fitted(Recipes.recipe("quick"), Zoo.network("fcn8s_small")).objective())
                .isInstanceOf(Objective.Pixels.class);
        assertThat(TWO.fitted(Recipes.recipe("fcn"), Zoo.network("fcn8s_small"))).isEqualTo(Recipes.recipe("fcn"));
    }

    @Test
    void refusesMasksOfClassesThatHaveNoName() {
        var mask = Colours.mask("rg-");
        mask.classes()[1] = 7;
        var pictures = new Colours(List.of(Colours.picture("rgb"), Colours.picture("rgb")),
                List.of(Colours.mask("rgb"), mask));

        assertThatThrownBy(() -> new Segmentation(new Task.Segmentation(Colours.LABELS)).check(pictures))
                .isInstanceOf(StriateException.class)
                .hasMessage("A mask of classes 0 to 2 and 255 was expected; colours#1 has the class 7.");
    }
}
