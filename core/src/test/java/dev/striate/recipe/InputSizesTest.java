package dev.striate.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.striate.StriateException;
import dev.striate.graph.Layer;
import dev.striate.graph.Network;
import dev.striate.graph.Shape;
import dev.striate.graph.Size;
import dev.striate.json.Json;
import dev.striate.recipe.InputSizes.Own;
import dev.striate.recipe.InputSizes.Random;
import dev.striate.zoo.Zoo;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

class InputSizesTest {
    private static final Size OWN = Size.square(416);

    /// Redmon and Farhadi 2017, §2: "{320, 352, ..., 608}".
    @Test
    void hasThePapersTenSizes() {
        assertThat(InputSizes.random().all(OWN).stream().map(Size::width))
                .containsExactly(320, 352, 384, 416, 448, 480, 512, 544, 576, 608);
        assertThat(InputSizes.random().largest(OWN)).isEqualTo(Size.square(608));
    }

    @Test
    void keepsASizeForTenStepsAndComesToAllOfThem() {
        var seen = new HashSet<Size>();
        var changes = 0;
        for (var step = 0; step < 2000; step++) {
            var size = InputSizes.random().at(step, 7, OWN);
            if (step > 0 && !size.equals(InputSizes.random().at(step - 1, 7, OWN))) {
                assertThat(step % 10).isZero();
                changes++;
            }
            seen.add(size);
        }
        assertThat(seen).containsExactlyInAnyOrderElementsOf(InputSizes.random().all(OWN));
        // Nine times of ten another one: binomial with mean 179 and deviation 4.2.
        assertThat(changes).isBetween(158, 199);
    }

    @Test
    void drawsFromTheSeedAndTheStepAlone() {
        var first = drawn(7);
        assertThat(drawn(7)).isEqualTo(first);
        assertThat(drawn(8)).isNotEqualTo(first);
    }

    @Test
    void withoutThemAllStepsHaveTheNetworksOwnSize() {
        assertThat(new Own().at(123, 7, new Size(3, 4))).isEqualTo(new Size(3, 4));
        assertThat(new Own().all(new Size(3, 4))).containsExactly(new Size(3, 4));
    }

    @ParameterizedTest
    @CsvSource({ "0, 64, 32, 10", "64, 32, 32, 10", "320, 600, 32, 10", "320, 608, 0, 10", "320, 608, 32, 0" })
    void refusesSidesThatDoNotFitTogether(int smallest, int largest, int step, int every) {
        assertThatThrownBy(() -> new Random(smallest, largest, step, every)).isInstanceOf(StriateException.class)
                .hasMessageContaining("expects");
    }

    @ParameterizedTest
    @ValueSource(strings = { "yolov2", "yolov2_tiny", "yolov3", "yolov3_tiny" })
    void fitsTheDetectorsOfThePapers(String name) {
        InputSizes.random().check(network(name));
    }

    @Test
    void refusesFullyConnectedLayersInOneSentence() {
        assertThatThrownBy(() -> InputSizes.random().check(network("yolov1"))).isInstanceOf(StriateException.class)
                .hasMessageContaining("without fully connected layers")
                .hasMessageContaining("yolov1, fc1.weight is [4096,")
                .hasMessageEndingWith("at 320×320.");
        assertThat(InputSizes.random().fitted(network("yolov1"))).isEqualTo(new Own());
        assertThat(InputSizes.random().fitted(network("yolov2"))).isEqualTo(InputSizes.random());
    }

    @Test
    void refusesSizesThatAreNoMultiplesOfTheStride() {
        assertThatThrownBy(() -> new Random(320, 328, 8, 10).check(network("yolov3")))
                .isInstanceOf(StriateException.class).hasMessageContaining("at 328×328, Node '");
    }

    @Test
    void takesAGlobalPoolingBeforeALinearLayer() {
        var network = Layer.input(new Shape(3, 32, 32)).conv(4, 3).globalAvgPool().flatten().linear(2).network("small");
        new Random(16, 64, 16, 10).check(network);
    }

    @Test
    void theRecipeOfYoloHasThemWhereItsNetworkCan() {
        assertThat(Recipes.forNetwork("yolov3", OWN).pace().sizes()).isEqualTo(InputSizes.random());
        assertThat(Recipes.forNetwork("yolov1", Size.square(448)).pace().sizes()).isEqualTo(new Own());
        // A third of 416: a third of 320 and 608 are 107 and 203, the nearest multiples of 32 are 96 and 192.
        assertThat(Recipes.forNetwork("yolov3", Size.square(139)).pace().sizes())
                .isEqualTo(new Random(96, 192, 32, 10));
        assertThat(Recipes.recipe("resnet").pace().sizes()).isEqualTo(new Own());
    }

    @Test
    void aRecipeWrittenBeforeThereWereSizesIsRead() {
        var recipe = Recipes.recipe("resnet");
        var older = (ObjectNode) Json.tree(recipe, Recipe.class);
        ((ObjectNode) older.get("pace")).remove("sizes");
        assertThat(Recipes.read(older.toString(), "an older run")).isEqualTo(recipe);
        var today = Recipes.recipe("yolo");
        assertThat(Recipes.read(Json.write(today, Recipe.class), "a run")).isEqualTo(today);
    }

    private static List<Size> drawn(long seed) {
        return IntStream.range(0, 200).mapToObj(step -> InputSizes.random().at(step, seed, OWN)).toList();
    }

    private static Network network(String name) {
        var entry = Zoo.entry(name);
        return entry.network(entry.input(), entry.classes());
    }
}
