package dev.striate.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.striate.StriateException;
import dev.striate.fixtures.Formula;
import dev.striate.fixtures.SharedFiles;
import dev.striate.graph.Layer;
import dev.striate.graph.Network;
import dev.striate.graph.Op;
import dev.striate.graph.Options;
import dev.striate.graph.Shape;
import dev.striate.recipe.Precision;
import dev.striate.zoo.Zoo;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.json.JsonMapper;

@Tag("native")
class StyleObjectiveTest {
    private static final Shape SMALL = new Shape(2, 6, 5);

    /// PyTorch's costs and gradient in float64, on VGG-19.
    @Test
    @Tag("shared")
    void givesWhatPyTorchGivesOnVgg19() {
        var json = JsonMapper.shared().readTree(SharedFiles.file("fixtures/style/gatys-vgg19.json"));
        var shape = new Shape(3, 64, 80);
        var whole = Zoo.network("vgg19");
        var names = rectified(whole);
        var network = whole.upTo(names.get("conv5_1")).withInput(shape);
        var beta = json.get("beta").asDouble() * json.get("layerWeight").asDouble();
        var style = new LinkedHashMap<String, Double>();
        json.get("style").propertyNames().forEach(name -> style.put(names.get(name), beta));
        var content = names.get(json.get("contentLayer").asString());
        try (var arena = Arena.ofConfined();
                var model = Model.of(network, Formula.doubles(network), Device.CPU, Precision.FLOAT64);
                var objective = new StyleObjective(model, weights(content, json.get("alpha").asDouble()), style)) {
            objective.content(picture(arena, "content", shape));
            objective.style(List.of(new StyleObjective.Source(picture(arena, "style", shape), shape, 1)));
            var measured = objective.measure(picture(arena, "generated", shape));
            thenClose(measured.content().get(content), json.get("content").asDouble());
            json.get("style").properties().forEach(layer -> thenClose(measured.style().get(names.get(layer.getKey())),
                    layer.getValue().asDouble()));
            thenClose(measured.total(), json.get("total").asDouble());
            thenClose(norm(measured.gradient()), json.get("gradientNorm").asDouble());
            for (var i = 0; i < json.get("gradientFirst").size(); i++) { // a row of the first channel there
                assertThat(measured.gradient()[3 * i]).isCloseTo(json.get("gradientFirst").get(i).asDouble(),
                        within(1e-8 * norm(measured.gradient())));
            }
        }
    }

    /// Of two pictures' style and one's content, through pooling.
    @ParameterizedTest
    @EnumSource(value = Precision.class, names = { "FLOAT32", "FLOAT64" })
    void theGradientIsThatOfCentralDifferences(Precision precision) {
        var network = small();
        try (var arena = Arena.ofConfined();
                var model = Model.of(network, Formula.tensors(network), Device.CPU, precision);
                var objective = new StyleObjective(model, weights("second", 2), weights("first", 300))) {
            objective.content(picture(arena, "content", SMALL));
            var other = new Shape(2, 4, 8);
            objective.style(List.of(new StyleObjective.Source(picture(arena, "style", SMALL), SMALL, 1),
                    new StyleObjective.Source(picture(arena, "another", other), other, 3)));
            var pixels = picture(arena, "generated", SMALL);
            var gradient = objective.measure(pixels).gradient();
            var step = 1.0 / 64;
            for (var i = 0; i < gradient.length; i += 7) {
                var there = moved(objective, pixels, i, step);
                var back = moved(objective, pixels, i, -step);
                assertThat(gradient[i]).as("pixel %d", i).isCloseTo((there - back) / (2 * step),
                        within(2e-3 * norm(gradient)));
            }
        }
    }

    /// A picture beside itself costs nothing.
    @Test
    void aPictureHasItsOwnContentAndStyle() {
        var network = small();
        try (var arena = Arena.ofConfined();
                var model = Model.of(network, Formula.tensors(network), Device.CPU, Precision.FLOAT32);
                var objective = new StyleObjective(model, weights("second", 1), weights("first", 1))) {
            var pixels = picture(arena, "content", SMALL);
            assertThatThrownBy(() -> objective.measure(pixels)).isInstanceOf(StriateException.class)
                    .hasMessage("A picture whose content counts was expected first.");
            objective.content(pixels);
            objective.style(List.of(new StyleObjective.Source(pixels, SMALL, 0.5)));
            assertThat(objective.measure(pixels).total()).isCloseTo(0, within(1e-9));
        }
    }

    private static Network small() {
        return Layer.input(2, 6, 5).conv(4, 3, Options.pad(1)).at("first").relu().maxPool(2).at("conv")
                .conv(3, 1).at("second").relu().network("small");
    }

    private static SequencedMap<String, Double> weights(String layer, double weight) {
        var weights = new LinkedHashMap<String, Double>();
        weights.put(layer, weight);
        return weights;
    }

    /// The ReLUs behind the convolutions, by the paper's names.
    private static SequencedMap<String, String> rectified(Network network) {
        var names = new LinkedHashMap<String, String>();
        var stage = 1;
        var place = 0;
        for (var node : network.nodes()) {
            if (node.op() instanceof Op.Conv) place++;
            if (node.op() instanceof Op.Relu && place > 0) names.putIfAbsent("conv" + stage + "_" + place, node.name());
            if (node.op() instanceof Op.MaxPool) {
                stage++;
                place = 0;
            }
        }
        return names;
    }

    private static MemorySegment picture(Arena arena, String name, Shape shape) {
        var values = Formula.uniform(name, Math.toIntExact(shape.elements()));
        var pixels = arena.allocate(values.length * (long) Float.BYTES, 64);
        var area = shape.size().area();
        for (var i = 0; i < values.length; i++) {
            pixels.setAtIndex(ValueLayout.JAVA_FLOAT, i % area * shape.channels() + i / area,
                    (float) (2 * (2 * values[i] - 1)));
        }
        return pixels;
    }

    private static double moved(StyleObjective objective, MemorySegment pixels, int index, double change) {
        var old = pixels.getAtIndex(ValueLayout.JAVA_FLOAT, index);
        pixels.setAtIndex(ValueLayout.JAVA_FLOAT, index, (float) (old + change));
        try {
            return objective.measure(pixels).total();
        } finally {
            pixels.setAtIndex(ValueLayout.JAVA_FLOAT, index, old);
        }
    }

    private static double norm(double[] values) {
        return Math.sqrt(IntStream.range(0, values.length).mapToDouble(i -> values[i] * values[i]).sum());
    }

    private static void thenClose(double value, double expected) {
        assertThat(value).isCloseTo(expected, within(1e-8 * Math.abs(expected)));
    }
}
