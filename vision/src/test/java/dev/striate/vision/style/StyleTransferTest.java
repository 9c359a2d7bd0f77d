package dev.striate.vision.style;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.striate.StriateException;
import dev.striate.data.picture.Picture;
import dev.striate.fixtures.Formula;
import dev.striate.graph.Layer;
import dev.striate.graph.Network;
import dev.striate.graph.Options;
import dev.striate.recipe.Preprocessing;
import dev.striate.task.Task;
import dev.striate.torch.Device;
import dev.striate.vision.style.StyleSettings.Descent;
import dev.striate.vision.style.StyleSettings.Start;
import dev.striate.vision.style.StyleTransfer.Progress;
import dev.striate.vision.style.StyleTransfer.Source;
import dev.striate.weights.ModelFile;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("native")
class StyleTransferTest {
    private static final Picture CONTENT = picture(24, 16, "content");
    private static final Picture STYLE = picture(20, 20, "style");

    @ParameterizedTest
    @CsvSource({ "GRADIENT, CONTENT", "ADAM, CONTENT", "LBFGS, CONTENT", "LBFGS, NOISE" })
    void costsLessAtTheEndThanAtTheBeginning(Descent descent, Start start) {
        var costs = new ArrayList<Double>();
        var painted = new StyleTransfer(model(), settings(descent, start, List.of(24), false), Device.CPU).paint(
                CONTENT,
                List.of(new Source(STYLE, 1)), progress -> costs.add(progress.content() + progress.style()));
        assertThat(painted.width()).isEqualTo(24);
        assertThat(painted.height()).isEqualTo(16);
        assertThat(costs).hasSize(30);
        assertThat(costs.getLast()).isLessThan(0.7 * costs.getFirst());
    }

    @Test
    void paintsFromCoarseToFine() {
        var sizes = new ArrayList<Integer>();
        var painted = new StyleTransfer(model(), settings(Descent.LBFGS, Start.CONTENT, List.of(12, 24), false),
                Device.CPU)
                .paint(CONTENT, List.of(new Source(STYLE, 0.3), new Source(CONTENT, 0.7)), progress -> {
                    if (progress.step() == 1) sizes.add(progress.size());
                });
        assertThat(sizes).containsExactly(12, 24);
        assertThat(painted.width()).isEqualTo(24);
    }

    /// √3 is the factor of two steps from 256 to 768.
    @Test
    void paintsAt256FirstWhateverTheSize() {
        assertThat(StyleSettings.growing(768)).containsExactly(256, 443, 768);
        assertThat(StyleSettings.growing(512)).containsExactly(256, 512);
        assertThat(StyleSettings.growing(1024)).containsExactly(256, 512, 1024);
        assertThat(StyleSettings.growing(257)).containsExactly(256, 257);
        assertThat(StyleSettings.growing(100)).containsExactly(100);
    }

    /// Four times as many positions add up to four times the cost, where style's mean stays what it is.
    @Test
    void contentOutweighsStyleAtNoSizeMoreThanAtTheFirst() {
        var transfer = new StyleTransfer(model(), settings(Descent.LBFGS, Start.CONTENT, List.of(12, 24), false),
                Device.CPU);
        assertThat(transfer.content(CONTENT)).containsExactly(Map.entry("relu2", 0.25));
        assertThat(transfer.content(picture(12, 8, "content"))).containsExactly(Map.entry("relu2", 1.0));
    }

    @Test
    void stopsAfterTheStepAtHandAndKeepsWhatThereIs() {
        var transfer = new StyleTransfer(model(), settings(Descent.ADAM, Start.CONTENT, List.of(12, 24), false),
                Device.CPU);
        var told = new ArrayList<Progress>();
        var painted = transfer.paint(CONTENT, List.of(new Source(STYLE, 1)), progress -> {
            told.add(progress);
            if (progress.step() == 3) transfer.stop();
        });
        assertThat(told).hasSize(3);
        assertThat(painted.pixels()).isEqualTo(told.getLast().picture().get().pixels());
    }

    /// Where nothing is cut off, red less green stays.
    @Test
    void keepsTheColoursOfTheContent() {
        var grey = new Picture(2, 1, 3, new byte[] { 100, 100, 100, 80, 80, 80 });
        var coloured = new Picture(2, 1, 3, new byte[] { 60, 50, 40, 90, 70, 30 });
        var mixed = Colours.of(grey, coloured);
        assertThat(mixed.at(0, 0, 0) - mixed.at(0, 0, 1)).isEqualTo(10);
        assertThat(mixed.at(1, 0, 1) - mixed.at(1, 0, 2)).isEqualTo(40);
        assertThat(0.299 * mixed.at(0, 0, 0) + 0.587 * mixed.at(0, 0, 1) + 0.114 * mixed.at(0, 0, 2)).isCloseTo(100,
                within(1.0));
    }

    @Test
    void refusesLayersThatAreNotThereWithTheNearest() {
        var settings = new StyleSettings(Map.of("conv2_7", 1.0), Map.of(), 1, 1, 0, Start.CONTENT, Descent.ADAM, 0.1, 1,
                false, false, List.of(16), 0);
        assertThatThrownBy(() -> new StyleTransfer(model(), settings, Device.CPU)).isInstanceOf(StriateException.class)
                .hasMessageStartingWith(
                        "A layer of tiny was expected; received 'conv2_7', and the nearest are conv2_1");
    }

    @Test
    void refusesAStyleOfOneColour() {
        var transfer = new StyleTransfer(model(), settings(Descent.ADAM, Start.CONTENT, List.of(12), false),
                Device.CPU);
        assertThatThrownBy(() -> transfer.paint(CONTENT, List.of(new Source(Picture.black(7, 5, 3), 1)), _ -> {}))
                .isInstanceOf(StriateException.class).hasMessage("A picture with some texture was expected for style; "
                        + "received one of a single colour, 7 × 5 pixels.");
    }

    /// Two pixels become none behind the pooling of two by two.
    @Test
    void refusesPicturesOfWhichTheLayersLeaveNothing() {
        var transfer = new StyleTransfer(model(), settings(Descent.ADAM, Start.CONTENT, List.of(12), false),
                Device.CPU);
        var line = new Source(picture(24, 2, "style"), 1);
        assertThatThrownBy(() -> transfer.paint(CONTENT, List.of(line), _ -> {})).isInstanceOf(StriateException.class)
                .hasMessage("The layers of tiny up to relu2 expect pictures of at least 2 pixels a side; received one "
                        + "that is painted at 1×12.");
    }

    @Test
    void refusesNumbersThatMeanNothing() {
        assertThatThrownBy(() -> new StyleSettings(Map.of(), Map.of(), 0, 0, 0, Start.NOISE, Descent.ADAM, 1, 1, false,
                false, List.of(1), 0)).isInstanceOf(StriateException.class)
                .hasMessageContaining("one of the first two");
        assertThatThrownBy(() -> new StyleSettings(Map.of(), Map.of(), 1, 1, 0, Start.NOISE, Descent.ADAM, 1, 1, false,
                false, List.of(), 0)).isInstanceOf(StriateException.class).hasMessageContaining("sizes from 1");
    }

    /// f = (x − 1)² + 10 (y + 2)²: two curvatures are known after three steps.
    @Test
    void limitedMemoryFindsTheLowestPlaceOfABowl() {
        var memory = new LimitedMemory();
        var place = new double[] { 5, 5 };
        for (var i = 0; i < 12; i++) {
            var step = memory.step(place, new double[] { 2 * (place[0] - 1), 20 * (place[1] + 2) });
            for (var k = 0; k < 2; k++) place[k] += step[k];
        }
        assertThat(place[0]).isCloseTo(1, within(1e-6));
        assertThat(place[1]).isCloseTo(-2, within(1e-6));
    }

    /// 1 2 / 4 8 in one channel: 1 + 16 across, 9 + 36 down.
    @Test
    void totalVariationSumsTheSquaresOfNeighboursDifferences() {
        var gradient = new double[4];
        var sum = new TotalVariation(new dev.striate.graph.Shape(1, 2, 2)).add(new double[] { 1, 2, 4, 8 }, 0.5,
                gradient);
        assertThat(sum).isEqualTo(0.5 * (1 + 16 + 9 + 36));
        assertThat(gradient).containsExactly(-1 - 3, 1 - 6, 3 - 4, 4 + 6);
    }

    private static StyleSettings settings(Descent descent, Start start, List<Integer> sizes, boolean keepsColours) {
        return new StyleSettings(Map.of("conv2_1", 1.0), Map.of("conv1_1", 0.5, "conv2_1", 0.5), 1, 1e4, 0, start,
                descent, 0.05, 30, true, keepsColours, sizes, 1);
    }

    private static ModelFile model() {
        var network = network();
        var tensors = new LinkedHashMap<>(Formula.tensors(network));
        return new ModelFile(network, Preprocessing.plain(network.input(), new Preprocessing.Stretch()),
                new Task.Classification(List.of("a", "b")), Optional.empty(), tensors);
    }

    private static Network network() {
        return Layer.input(3, 16, 16).conv(8, 3, Options.pad(1)).relu().maxPool(2).conv(12, 3, Options.pad(1)).relu()
                .globalAvgPool().flatten().linear(2).network("tiny");
    }

    private static Picture picture(int width, int height, String name) {
        var values = Formula.uniform(name, width * height * 3);
        var bytes = new byte[values.length];
        IntStream.range(0, bytes.length).forEach(i -> bytes[i] = (byte) (255 * values[i]));
        return new Picture(width, height, 3, bytes);
    }
}
