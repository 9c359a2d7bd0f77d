package dev.striate.darknet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.striate.StriateException;
import dev.striate.fixtures.Formula;
import dev.striate.fixtures.SharedFiles;
import dev.striate.graph.Network;
import dev.striate.graph.Op;
import dev.striate.graph.Parameter;
import dev.striate.graph.Parameters;
import dev.striate.weights.TensorData;
import dev.striate.zoo.Zoo;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DarknetWeightsTest {
    private static final Network CONNECTED = DarknetNetwork.parse("a",
            "[net]\nheight=1\nwidth=1\nchannels=3\n[connected]\noutput=2\nactivation=linear\n", "a.cfg").network();

    @TempDir
    Path folder;

    /// The values of these files follow a formula (fixtures' README) from the names of Darknet's arrays.
    @ParameterizedTest
    @ValueSource(strings = { "classifier", "yolov1", "yolov2", "yolov3", "yolo9000" })
    @Tag("shared")
    void findsEveryTensorWhereDarknetPutIt(String name) {
        var network = DarknetNetwork.read(SharedFiles.file("fixtures/darknet-mini/" + name + ".cfg")).network();
        var read = DarknetWeights.read(SharedFiles.file("fixtures/darknet-mini/" + name + ".weights"), network);
        assertThat(read.version()).isEqualTo(new DarknetWeights.Version(0, 2, 0));
        assertThat(read.seen()).isZero();
        var parameters = Parameters.of(network);
        assertThat(read.tensors()).hasSameSizeAs(parameters);
        for (var parameter : parameters) {
            var values = read.tensors().get(parameter.name()).floats();
            var expected = formula(network, parameter, values.length);
            for (var i = 0; i < values.length; i++) {
                assertThat(values[i]).as(parameter.name()).isCloseTo((float) expected[i], within(2e-7f));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { "fixtures/darknet-mini/classifier", "fixtures/darknet-mini/yolov1",
            "fixtures/darknet-mini/yolov2", "fixtures/darknet-mini/yolov3", "data/weights/yolo-fastest-1.1" })
    @Tag("shared")
    void writesTheSameBytesAgain(String name) throws IOException {
        var network = DarknetNetwork.read(SharedFiles.file(name + ".cfg")).network();
        var file = SharedFiles.file(name + ".weights");
        var copy = folder.resolve("copy.weights");
        DarknetWeights.read(file, network).write(copy, network);
        assertThat(Files.mismatch(file, copy)).isEqualTo(-1);
    }

    /// √(v′ + ε) is Darknet's √v + 10⁻⁶, down to dead channels.
    @Test
    void keepsDarknetsNormalisation() throws IOException {
        var network = DarknetNetwork.parse("a", """
                [net]
                height=1
                width=1
                channels=1
                [convolutional]
                batch_normalize=1
                filters=4
                activation=linear
                """, "a.cfg").network();
        var variances = new float[] { 0, 1e-10f, 1e-4f, 3 };
        var values = ByteBuffer.allocate(20 * 4).order(ByteOrder.LITTLE_ENDIAN);
        for (var i = 0; i < 20; i++) values.putFloat(i / 4 == 3 ? variances[i % 4] : i);
        var tensors = DarknetWeights.read(write(0, 2, values.array()), network).tensors();
        var epsilon = ((Op.BatchNorm) network.nodes().get(2).op()).epsilon();
        for (var i = 0; i < 4; i++) {
            var deviation = Math.sqrt(tensors.get("layer0.bn.running_var").value(i) + epsilon);
            var expected = Math.sqrt(variances[i]) + 1e-6;
            assertThat(deviation / expected).isCloseTo(1, within(1e-7));
        }
        assertThat(tensors.get("layer0.bn.bias").floats()).containsExactly(0, 1, 2, 3);
        assertThat(tensors.get("layer0.bn.weight").floats()).containsExactly(4, 5, 6, 7);
        assertThat(tensors.get("layer0.bn.running_mean").floats()).containsExactly(8, 9, 10, 11);
        assertThat(tensors.get("layer0.weight").floats()).containsExactly(16, 17, 18, 19);
    }

    @Test
    void readsTheOldHeaderAndTransposedWeights() throws IOException {
        var values = floats(10, 11, 1, 2, 3, 4, 5, 6);
        var old = DarknetWeights.read(write(0, 1, values), CONNECTED);
        assertThat(old.seen()).isEqualTo(77);
        assertThat(old.tensors().get("layer0.bias").floats()).containsExactly(10, 11);
        assertThat(old.tensors().get("layer0.weight").floats()).containsExactly(1, 2, 3, 4, 5, 6);
        var transposed = DarknetWeights.read(write(1001, 0, values), CONNECTED);
        assertThat(transposed.tensors().get("layer0.weight").floats()).containsExactly(1, 3, 5, 2, 4, 6);
        var copy = folder.resolve("copy.weights");
        transposed.write(copy, CONNECTED);
        assertThat(DarknetWeights.read(copy, CONNECTED).tensors().get("layer0.weight").floats())
                .containsExactly(1, 3, 5, 2, 4, 6);
    }

    @Test
    void refusesAFileOfAnotherLengthWithBothCounts() throws IOException {
        var small = write(0, 2, floats(1, 2, 3));
        assertThatThrownBy(() -> DarknetWeights.read(small, CONNECTED)).isInstanceOf(StriateException.class)
                .hasMessage(small + " is too short for a: expected 8 values; received 3.");
        var large = write(0, 2, floats(new float[9]));
        assertThatThrownBy(() -> DarknetWeights.read(large, CONNECTED))
                .hasMessage(large + " is too long for a: expected 8 values; received 9.");
    }

    @Test
    void refusesAFileThatIsNoWeightFile() throws IOException {
        var file = Files.write(folder.resolve("a.weights"), new byte[7]);
        assertThatThrownBy(() -> DarknetWeights.read(file, CONNECTED)).isInstanceOf(StriateException.class)
                .hasMessage(file + " is no Darknet weight file: it expects a header of 16 bytes; received 7.");
    }

    @Test
    void readsTheFirstLayersOfALongerNetwork() throws IOException {
        var two = DarknetNetwork.parse("b", "[net]\nheight=1\nwidth=1\nchannels=3\n[connected]\noutput=2\n"
                + "[connected]\noutput=5\n", "b.cfg").network();
        var first = DarknetWeights.readFirst(write(0, 2, floats(10, 11, 1, 2, 3, 4, 5, 6)), two);
        assertThat(first.tensors()).containsOnlyKeys("layer0.bias", "layer0.weight");
    }

    @Test
    void writesNetworksOfTheZoo() {
        var network = Zoo.network("resnet20");
        var tensors = new LinkedHashMap<String, TensorData>();
        for (var parameter : Parameters.of(network)) {
            var values = new float[(int) parameter.elements()];
            for (var i = 0; i < values.length; i++) values[i] = 0.5f + i;
            tensors.put(parameter.name(), TensorData.of(parameter.shape(), values));
        }
        var file = folder.resolve("resnet20.weights");
        new DarknetWeights(DarknetWeights.Version.CURRENT, 12, tensors).write(file, network);
        var read = DarknetWeights.read(file, network);
        assertThat(read.seen()).isEqualTo(12);
        tensors.forEach((name, tensor) -> assertThat(read.tensors().get(name).floats())
                .usingComparatorWithPrecision(1e-6f).containsExactly(tensor.floats()));
    }

    @Test
    void refusesToWriteAMissingTensor() {
        var weights = new DarknetWeights(DarknetWeights.Version.CURRENT, 0,
                new LinkedHashMap<>(Map.of("layer0.bias", TensorData.of(List.of(2), new float[2]))));
        assertThatThrownBy(() -> weights.write(folder.resolve("a.weights"), CONNECTED))
                .isInstanceOf(StriateException.class)
                .hasMessage("Expected a tensor 'layer0.weight' to write; received none.");
        assertThat(folder).isEmptyDirectory();
    }

    private static double[] formula(Network network, Parameter parameter, int count) {
        var layer = network.nodes().get(parameter.node()).name().replace(".bn", "");
        var values = Formula.uniform(layer + "." + darknetName(parameter), count);
        var fanIn = network.nodes().get(parameter.node()).op() instanceof Op.LocalConv
                ? parameter.shape().getLast()
                : parameter.elements() / parameter.shape().getFirst();
        for (var i = 0; i < count; i++) {
            var s = 2 * values[i] - 1;
            values[i] = switch (parameter.role()) {
                case WEIGHT, FIXED_WEIGHT -> s * Math.sqrt(6.0 / fanIn);
                case NORM_SCALE -> 1 + 0.1 * s;
                case RUNNING_VARIANCE -> Math.pow(Math.sqrt(1 + 0.1 * s) + 1e-6, 2);
                case BIAS, NORM_SHIFT, RUNNING_MEAN -> 0.1 * s;
            };
        }
        return values;
    }

    private static String darknetName(Parameter parameter) {
        return switch (parameter.role()) {
            case WEIGHT, FIXED_WEIGHT -> "weights";
            case BIAS, NORM_SHIFT -> "biases";
            case NORM_SCALE -> "scales";
            case RUNNING_MEAN -> "rolling_mean";
            case RUNNING_VARIANCE -> "rolling_variance";
        };
    }

    private static byte[] floats(float... values) {
        var buffer = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        for (var value : values) buffer.putFloat(value);
        return buffer.array();
    }

    private Path write(int major, int minor, byte[] values) throws IOException {
        var isLong = major == 0 && minor >= 2;
        var buffer = ByteBuffer.allocate((isLong ? 20 : 16) + values.length).order(ByteOrder.LITTLE_ENDIAN)
                .putInt(major).putInt(minor).putInt(0);
        if (isLong) buffer.putLong(77);
        else buffer.putInt(77);
        return Files.write(Files.createTempFile(folder, "a", ".weights"), buffer.put(values).array());
    }
}
