package dev.striate.onnx;

import static dev.striate.graph.Options.pad;
import static java.nio.channels.FileChannel.MapMode.READ_ONLY;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.SPARSE;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import dev.striate.StriateException;
import dev.striate.graph.Layer;
import dev.striate.graph.Op;
import dev.striate.graph.Op.BlockOrder;
import dev.striate.json.Json;
import dev.striate.recipe.Preprocessing;
import dev.striate.task.Task;
import dev.striate.weights.DataType;
import dev.striate.weights.ModelFile;
import dev.striate.weights.TensorData;
import dev.striate.zoo.Zoo;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OnnxFileTest {
    @TempDir
    Path folder;

    @Test
    void keepsThePublishedNames() throws IOException {
        var graph = graph(Sample.model(Zoo.network("resnet20")));
        assertThat(graph.getName()).isEqualTo("resnet20");
        assertThat(graph.getNodeList()).extracting(NodeProto::getName)
                .contains("conv1", "bn1", "layer1.0.conv1", "layer3.2.bn2", "linear");
        assertThat(graph.getInitializerList()).extracting(TensorProto::getName)
                .contains("conv1.weight", "bn1.running_var", "layer3.2.conv2.weight", "linear.bias");
    }

    @Test
    void takesBatchesOfAnySizeAndGivesVectors() throws IOException {
        var graph = graph(Sample.model(Zoo.network("resnet20")));
        assertThat(graph.getInputList()).extracting(OnnxFileTest::signature).containsExactly("input batch×3×32×32");
        assertThat(graph.getOutputList()).extracting(OnnxFileTest::signature).containsExactly("output batch×10");
        var map = Layer.input(3, 8, 8).conv(4, 3).network("map");
        assertThat(graph(Sample.model(map)).getOutputList()).extracting(OnnxFileTest::signature)
                .containsExactly("output batch×4×6×6");
        var pooled = Layer.input(3, 8, 8).globalAvgPool().network("pooled");
        assertThat(graph(Sample.model(pooled)).getOutputList()).extracting(OnnxFileTest::signature)
                .containsExactly("output batch×3");
    }

    @Test
    void saysHowPicturesArePreparedAndWhatTheClassesAre() throws IOException {
        var network = Layer.input(1, 4, 4).flatten().linear(2).network("tiny");
        var file = Sample.model(network, "kočka", "pes");
        var metadata = metadata(file);
        assertThat(Json.read(metadata.get("striate.preprocessing"), Preprocessing.class, "the metadata"))
                .isEqualTo(file.preprocessing());
        assertThat(Json.read(metadata.get("striate.labels"), String[].class, "the metadata"))
                .containsExactly("kočka", "pes");
    }

    @Test
    void keepsADetectorsOutputsAndLeavesOutAuxiliaryHeads() throws IOException {
        var x = Layer.input(3, 8, 8).conv(6, 3, pad(1));
        var anchors = Map.of("anchors", "3,4", "mask", "0", "num", "1", "classes", "1");
        var fine = x.at("fine").then(new Op.Detection("yolo", anchors));
        var coarse = x.maxPool(2).at("coarse").then(new Op.Detection("yolo", anchors));
        var head = x.globalAvgPool().linear(2);
        var network = fine.network("detector", Map.of("coarse", coarse));
        assertThat(graph(Sample.model(network)).getOutputList()).extracting(OnnxFileTest::signature)
                .containsExactly("output batch×6×8×8", "coarse batch×6×4×4");
        assertThat(Json.read(metadata(Sample.model(network)).get("striate.detection.coarse"), Op.class, "the metadata"))
                .isEqualTo(new Op.Detection("yolo", anchors));
        assertThat(graph(Sample.model(x.network("helped", Map.of(), Map.of("aux", head)))).getOutputList()).hasSize(1);
    }

    @Test
    void givesTheOutputItsNameWhateverElseHasIt() throws IOException {
        var network = Layer.input(3, 4, 4).at("output").conv(4, 3).at("last").relu().network("named");
        var graph = graph(Sample.model(network));
        assertThat(graph.getOutput(0).getName()).isEqualTo("output");
        assertThat(graph.getNodeList()).filteredOn(node -> node.getName().equals("last"))
                .allSatisfy(node -> assertThat(node.getOutputList()).containsExactly("output"))
                .allSatisfy(node -> assertThat(node.getInputList()).doesNotContain("output"));
    }

    @Test
    void refusesByNameWhatOnnxCannotExpress() {
        var network = Layer.input(3, 4, 4).at("reorg").then(new Op.SpaceToDepth(2, BlockOrder.DARKNET)).network("odd");
        assertThatThrownBy(() -> OnnxFile.of(Sample.model(network)))
                .isInstanceOf(StriateException.class)
                .hasMessage("Node 'reorg' (SpaceToDepth) cannot be written as ONNX: Darknet's order takes channels "
                        + "that divide by 4; received 3×4×4.");
    }

    @Test
    void refusesWeightsThatOneFileCannotHold() throws IOException {
        var network = Layer.input(25_000, 1, 1).at("wide").then(new Op.Linear(25_000, false)).network("large");
        try (var arena = Arena.ofConfined();
                var file = FileChannel.open(folder.resolve("zeros"), CREATE_NEW, SPARSE, READ, WRITE)) {
            var bytes = 25_000L * 25_000 * Float.BYTES;
            file.write(ByteBuffer.allocate(1), bytes - 1);
            var zeros = file.map(READ_ONLY, 0, bytes, arena);
            var tensor = new TensorData(DataType.F32, List.of(25_000, 25_000), zeros);
            var model = new ModelFile(network, Preprocessing.plain(network.input(), new Preprocessing.Stretch()),
                    new Task.Classification(List.of()), Optional.empty(), new TreeMap<>(Map.of("wide.weight", tensor)));
            assertThatThrownBy(() -> OnnxFile.of(model)).isInstanceOf(StriateException.class)
                    .hasMessage(
                            "An ONNX file without others beside it holds less than 2 GiB; the weights of large take "
                                    + "2500000000 bytes.");
        }
    }

    @Test
    void leavesNothingBehindAFailedWrite() {
        var file = OnnxFile.of(Sample.model(Layer.input(1, 4, 4).flatten().linear(2).network("tiny")));
        assertThatThrownBy(() -> file.write(folder.resolve("absent").resolve("tiny.onnx")))
                .isInstanceOf(StriateException.class).hasMessageContaining("tiny.onnx");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void writesWhatItHolds() throws IOException {
        var file = OnnxFile.of(Sample.model(Layer.input(1, 4, 4).flatten().linear(2).network("tiny")));
        var path = folder.resolve("tiny.onnx");
        file.write(path);
        assertThat(Files.readAllBytes(path)).isEqualTo(file.bytes());
    }

    private static GraphProto graph(ModelFile file) throws IOException {
        return ModelProto.parseFrom(OnnxFile.of(file).bytes()).getGraph();
    }

    private static Map<String, String> metadata(ModelFile file) throws IOException {
        return ModelProto.parseFrom(OnnxFile.of(file).bytes()).getMetadataPropsList().stream()
                .collect(Collectors.toMap(StringStringEntryProto::getKey, StringStringEntryProto::getValue));
    }

    /// A value's name and sides: `input batch×3×32×32`.
    private static String signature(ValueInfoProto value) {
        return value.getName() + " " + value.getType().getTensorType().getShape().getDimList().stream()
                .map(side -> side.hasDimParam() ? side.getDimParam() : String.valueOf(side.getDimValue()))
                .collect(Collectors.joining("×"));
    }
}
