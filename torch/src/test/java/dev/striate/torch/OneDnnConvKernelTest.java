package dev.striate.torch;

import static dev.striate.graph.Options.dilation;
import static dev.striate.graph.Options.groups;
import static dev.striate.graph.Options.noBias;
import static dev.striate.graph.Options.pad;
import static dev.striate.graph.Options.size;
import static dev.striate.graph.Options.stride;

import dev.striate.graph.Layer;
import dev.striate.graph.Op;
import dev.striate.graph.Size;
import dev.striate.graph.Window;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Convolutions on oneDNN against libtorch's own in float64.
@Tag("native")
class OneDnnConvKernelTest {
    private static final List<Integer> BATCHES = List.of(8, 5, 1, 8);
    private static final Map<String, UnaryOperator<Layer>> LAYERS = new LinkedHashMap<>();

    static {
        LAYERS.put("padded", x -> x.conv(20, 3, pad(1)));
        LAYERS.put("strided", x -> x.conv(32, 5, stride(2), pad(2), noBias()));
        LAYERS.put("dilated", x -> x.conv(17, 3, dilation(2)));
        LAYERS.put("pointwise", x -> x.conv(33, 1));
        LAYERS.put("pointwise and strided", x -> x.conv(48, 1, stride(2), noBias()));
        LAYERS.put("asymmetric", x -> x.conv(16, size(1, 7), pad(0, 3)).conv(8, size(3, 1), noBias()));
        LAYERS.put("grouped", x -> x.conv(24, 3, groups(2), pad(1)));
        LAYERS.put("depthwise", x -> x.conv(12, 3, groups(12), stride(2), pad(1), noBias()));
        LAYERS.put("of few channels", x -> x.conv(3, 1).conv(64, 7, stride(2), pad(3)));
        LAYERS.put("of a whole picture", x -> x.conv(40, size(13, 14)).conv(10, 1));
        LAYERS.put("of more weights than values", x -> x.maxPool(4).conv(80, 1).conv(90, 3, pad(1))
                .conv(80, 3, dilation(2), pad(2), noBias()).conv(70, 3, stride(2), pad(1)));
        LAYERS.put("transposed", x -> x.transposedConv(9, 4, stride(2), pad(1)).transposedConv(5, 3, noBias()));
        LAYERS.put("transposed in groups", x -> x.then(new Op.TransposedConv(8,
                Window.of(5).withStride(Size.square(3)), Size.ONE, 2, true)));
        LAYERS.put("wide", x -> x.maxPool(4).conv(1024, 1).conv(512, 1, noBias()).conv(1024, 1, stride(2)));
    }

    static List<String> layers() {
        return List.copyOf(LAYERS.keySet());
    }

    @ParameterizedTest
    @MethodSource("layers")
    void agreesWithFloat64(String name) {
        var network = LAYERS.get(name).apply(Layer.input(12, 13, 14)).network("convolution");
        FusedRun.agreesWithFloat64(network, BATCHES, _ -> true);
    }

    @Test
    @Tag("slow")
    void keepsFrozenWeightsWithoutGradient() {
        var network = Layer.input(3, 16, 16).at("a").conv(16, 3).at("b").conv(32, 3).network("frozen");
        FusedRun.agreesWithFloat64(network, BATCHES, parameter -> parameter.name().startsWith("b"));
    }
}
