package dev.striate.vision.localise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.striate.StriateException;
import dev.striate.graph.Network;
import dev.striate.graph.Parameters;
import dev.striate.graph.Shape;
import dev.striate.graph.Shapes;
import dev.striate.recipe.Objective;
import dev.striate.recipe.Recipes;
import dev.striate.task.Task;
import dev.striate.zoo.Zoo;
import java.util.List;
import org.junit.jupiter.api.Test;

class LocalisationTest {
    private static final Task.Localisation TASK = new Task.Localisation(List.of("a", "b", "c"));

    /// What VGG's last layer reads, the 4,096 values of its second, the box reads too.
    @Test
    void givesAClassifierABox() {
        var fitted = new Localisation(TASK).fitted(Zoo.network("vgg16"));

        assertThat(shape(fitted, "output")).isEqualTo(Shape.vector(3));
        assertThat(shape(fitted, "box")).isEqualTo(Shape.vector(4));
        assertThat(weight(fitted, "box.weight")).containsExactly(4, 4096);
        assertThat(weight(fitted, "classifier.6.weight")).containsExactly(3, 4096);
    }

    /// ResNet-18 on 128×128 ends in 512 maps of 4×4, which are averaged for the classes; an average does not know where.
    @Test
    void readsTheBoxAheadOfAGlobalAverage() {
        var network = Zoo.entry("resnet18").network(new Shape(3, 128, 128), 1000);

        assertThat(weight(new Localisation(TASK).fitted(network), "box.weight")).containsExactly(4, 512 * 4 * 4);
        assertThat(weight(new Localisation(TASK, true).fitted(network), "box.weight")).containsExactly(12, 8192);
    }

    @Test
    void keepsANetworkThatFits() {
        var localisation = new Localisation(TASK);
        var fitted = localisation.fitted(Zoo.network("resnet20"));

        localisation.check(fitted);
        assertThat(localisation.fitted(fitted)).isSameAs(fitted);
        assertThat(new Localisation(new Task.Localisation(List.of("a", "b"))).fitted(fitted).outputs()).hasSize(2);
    }

    @Test
    void refusesANetworkWithoutABox() {
        assertThatThrownBy(() -> new Localisation(TASK).check(Zoo.network("resnet20")))
                .isInstanceOf(StriateException.class)
                .hasMessage("Localisation of 3 classes expects a network with two outputs, of 3 values and of 4 or 12; "
                        + "resnet20 has [output].");
    }

    @Test
    void learnsAClassAndABoxByAnyRecipe() {
        assertThat(new Localisation(TASK).fitted(Recipes.recipe("quick"), Zoo.network("resnet20")).objective())
                .isEqualTo(Objective.classAndBox());
    }

    private static Shape shape(Network network, String output) {
        return Shapes.of(network).get(network.outputs().get(output));
    }

    private static List<Integer> weight(Network network, String name) {
        return Parameters.of(network).stream().filter(parameter -> parameter.name().equals(name)).findFirst()
                .orElseThrow().shape();
    }
}
