package dev.striate.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.striate.graph.Costs;
import dev.striate.graph.Network;
import dev.striate.graph.Parameter;
import dev.striate.graph.Parameters;
import dev.striate.graph.Shape;
import dev.striate.recipe.Initialisation;
import dev.striate.recipe.Precision;
import dev.striate.recipe.Start;
import dev.striate.weights.TensorData;
import dev.striate.zoo.Zoo;
import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The three forms of ResNeXt's block are one function (Xie et al. 2017, figure 3).
@Tag("native")
@Tag("slow")
class CardinalityTest {
    private static final Shape INPUT = new Shape(3, 8, 8);
    private static final Pattern PATH = Pattern.compile("(.*)\\.path(\\d+)\\.(.*)");

    @ParameterizedTest
    @ValueSource(strings = { "resnext29_8x64d_paths", "resnext29_8x64d_concatenated" })
    void computesWhatTheGroupedConvolutionComputes(String form) {
        var grouped = Zoo.entry("resnext29_8x64d").network(INPUT, 10);
        var paths = Zoo.entry(form).network(INPUT, 10);
        try (var model = Model.fresh(grouped, Start.of(new Initialisation.HeFanIn()), Device.CPU, Precision.FLOAT64)) {
            var expected = predict(model);
            try (var same = Model.of(paths, split(paths, model.tensors()), Device.CPU, Precision.FLOAT64)) {
                assertThat(predict(same)).containsExactly(expected, within(1e-4f));
            }
        }
        assertThat(Costs.of(paths).parameters()).isEqualTo(Costs.of(grouped).parameters());
        assertThat(Costs.of(paths).macs()).isEqualTo(Costs.of(grouped).macs());
    }

    private static float[] predict(Model model) {
        var random = new Random(7);
        try (var arena = Arena.ofConfined()) {
            var pixels = arena.allocate(ValueLayout.JAVA_FLOAT, INPUT.elements());
            for (var i = 0; i < INPUT.elements(); i++) {
                pixels.setAtIndex(ValueLayout.JAVA_FLOAT, i, (float) random.nextGaussian());
            }
            return model.predict(pixels, 1).main();
        }
    }

    /// A path's tensors are rows of the grouped block's; where the paths are summed, its last weights are columns.
    private static Map<String, TensorData> split(Network paths, Map<String, TensorData> grouped) {
        var tensors = new HashMap<String, TensorData>();
        for (var parameter : Parameters.of(paths)) {
            var path = PATH.matcher(parameter.name());
            tensors.put(parameter.name(), path.matches()
                    ? part(parameter, grouped.get(path.group(1) + "." + path.group(3)), Integer.parseInt(path.group(2)))
                    : grouped.get(parameter.name()));
        }
        return tensors;
    }

    private static TensorData part(Parameter parameter, TensorData whole, int path) {
        var rows = parameter.shape().getFirst();
        if (!parameter.name().endsWith("conv3.weight")) {
            var length = Math.toIntExact(parameter.elements());
            return TensorData.of(parameter.shape(),
                    Arrays.copyOfRange(whole.floats(), path * length, (path + 1) * length));
        }
        var width = parameter.shape().get(1);
        var columns = whole.shape().get(1);
        var all = whole.floats();
        var values = new float[rows * width];
        for (var row = 0; row < rows; row++) {
            System.arraycopy(all, row * columns + path * width, values, row * width, width);
        }
        return TensorData.of(parameter.shape(), values);
    }
}
