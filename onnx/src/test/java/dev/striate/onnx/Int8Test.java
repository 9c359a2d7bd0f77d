package dev.striate.onnx;

import static dev.striate.graph.Options.noBias;
import static dev.striate.graph.Options.pad;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession.SessionOptions.OptLevel;
import dev.striate.StriateException;
import dev.striate.graph.Layer;
import dev.striate.graph.Network;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class Int8Test {
    private static final Network NETWORK = Layer.input(3, 12, 12)
            .at("conv1").conv(8, 3, pad(1)).at("relu1").relu()
            .at("conv2").conv(16, 3, pad(1), noBias()).at("bn2").batchNorm().at("relu2").relu()
            .at("conv3").conv(16, 3, pad(1)).at("tanh").tanh()
            .globalAvgPool().at("flat").flatten().at("fc").linear(10)
            .network("small");
    private static final Int8 INT8 = new Int8(Set.of("conv2", "conv3", "fc"), Map.of(
            "relu1", new Int8.Range(0.03, false), "relu2", new Int8.Range(0.03, false),
            "tanh", new Int8.Range(1.0 / 127, true), "flat", new Int8.Range(1.0 / 127, true)));

    /// 8 bits keep about two decimal digits, through three layers.
    @Test
    @Tag("native")
    void staysNearTheFloats() throws OrtException {
        var model = Sample.model(NETWORK);
        var pictures = Sample.pictures(NETWORK.input(), 4);
        var exact = run(OnnxFile.of(model), pictures, OptLevel.ALL_OPT);
        for (var level : new OptLevel[] { OptLevel.NO_OPT, OptLevel.ALL_OPT }) {
            var rounded = run(OnnxFile.of(model, INT8), pictures, level);
            var difference = norm(IntStream.range(0, exact.length).mapToDouble(i -> exact[i] - rounded[i]).toArray());
            assertThat(difference / norm(IntStream.range(0, exact.length).mapToDouble(i -> exact[i]).toArray()))
                    .as("relative error, %s", level).isBetween(1e-6, 0.03);
        }
    }

    @Test
    void roundsEachFilterByItsLargestWeight() throws IOException {
        var model = Sample.model(NETWORK);
        var graph = ModelProto.parseFrom(OnnxFile.of(model, INT8).bytes()).getGraph();
        var tensors = graph.getInitializerList().stream()
                .collect(Collectors.toMap(TensorProto::getName, tensor -> tensor));
        var stored = model.tensors().get("conv3.weight").floats();
        var weights = tensors.get("conv3.weight").getRawData().toByteArray();
        var scales = tensors.get("conv3.weight/scale").getRawData().asReadOnlyByteBuffer()
                .order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
        for (var i = 0; i < stored.length; i++) {
            var scale = scales.get(i / (16 * 9));
            assertThat((double) weights[i] * scale).isCloseTo(stored[i], within(0.5001 * scale));
        }
    }

    @Test
    void putsANormalisationIntoTheLayerBefore() throws IOException {
        var graph = ModelProto.parseFrom(OnnxFile.of(Sample.model(NETWORK), INT8).bytes()).getGraph();
        assertThat(graph.getNodeList()).extracting(NodeProto::getName).contains("conv2", "relu2").doesNotContain("bn2");
        assertThat(graph.getInitializerList()).extracting(TensorProto::getName)
                .contains("conv2.bias").doesNotContain("bn2.running_var");
    }

    @Test
    void refusesLayersThatCannotBeRounded() {
        var model = Sample.model(NETWORK);
        assertThatThrownBy(() -> OnnxFile.of(model, new Int8(Set.of("conv2"), Map.of())))
                .isInstanceOf(StriateException.class)
                .hasMessage("Node 'conv2' (Conv) cannot be written as ONNX: in int8 it takes a range for its input.");
        assertThatThrownBy(() -> OnnxFile.of(model, new Int8(Set.of("relu1"), Map.of())))
                .isInstanceOf(StriateException.class)
                .hasMessage("Int8 expects convolutions and linear layers of small; received 'relu1' (Relu).");
        assertThatThrownBy(() -> OnnxFile.of(model, new Int8(Set.of("conv9"), Map.of())))
                .isInstanceOf(StriateException.class).hasMessage("small has no node 'conv9'.");
        assertThatThrownBy(() -> new Int8.Range(0, true)).isInstanceOf(StriateException.class);
    }

    private static float[] run(OnnxFile file, FloatBuffer pictures, OptLevel level) throws OrtException {
        try (var runtime = new Runtime(file.bytes(), level)) {
            return runtime.run(NETWORK.input(), pictures.duplicate()).firstEntry().getValue();
        }
    }

    private static double norm(double[] values) {
        var sum = 0.0;
        for (var value : values) sum += value * value;
        return Math.sqrt(sum);
    }
}
