package dev.striate.vision.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.striate.fixtures.Formula;
import dev.striate.graph.Network;
import dev.striate.graph.Parameters;
import dev.striate.graph.Layer;
import dev.striate.graph.Op;
import dev.striate.graph.Options;
import dev.striate.recipe.Preprocessing;
import dev.striate.recipe.Recipes;
import dev.striate.task.Task;
import dev.striate.vision.detect.ObjectDetection;
import dev.striate.weights.ModelFile;
import dev.striate.weights.TensorData;
import dev.striate.yolo.OtherClasses;
import dev.striate.zoo.Zoo;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// From eight classes to three; what starts afresh is −1.
class KeptFiltersTest {
    private static final int OLD = 8;
    private static final int NOW = 3;

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({ "yolov2_small, 5", "yolov3_small, 3" })
    void aHeadOfOtherClassesKeepsItsBoxesAndObjectness(String name, int anchors) {
        var run = fineTuning(name);

        assertThat(run.transfer().fresh()).isEqualTo(run.transfer().partly()).isNotEmpty();
        var tensors = begun(run);
        for (var parameter : run.transfer().partly()) {
            var old = rows(Formula.tensors(Zoo.network(name)).get(parameter));
            var now = rows(tensors.get(parameter));
            assertThat(now).hasDimensions(anchors * (5 + NOW), old[0].length);
            for (var anchor = 0; anchor < anchors; anchor++) {
                for (var entry = 0; entry < 5 + NOW; entry++) {
                    var row = now[anchor * (5 + NOW) + entry];
                    if (entry < 5) assertThat(row).isEqualTo(old[anchor * (5 + OLD) + entry]);
                    else assertThat(row).containsOnly(-1);
                }
            }
        }
    }

    /// 8×8 cells of two boxes: all classes first, then 128 confidences and 512 numbers of boxes.
    @Test
    void ofAGridTheClassesComeFirst() {
        var grid = Layer.input(3, 32, 32).conv(4, 3, Options.stride(4)).flatten().at("fc").linear(64 * (2 * 5 + OLD))
                .then(new Op.Detection("detection", Map.of("side", "8", "num", "2", "classes", "" + OLD)))
                .network("grid");
        var run = fineTuning(grid);

        var parameter = run.transfer().partly().getLast();
        var old = rows(Formula.tensors(grid).get(parameter));
        var now = rows(begun(run).get(parameter));
        for (var k = 0; k < 64 * NOW; k++) assertThat(now[k]).containsOnly(-1);
        assertThat(Arrays.copyOfRange(now, 64 * NOW, now.length)).hasDimensions(640, old[0].length)
                .isDeepEqualTo(Arrays.copyOfRange(old, 64 * OLD, old.length));
    }

    /// Two scales with three anchors each, of three classes.
    @Test
    void saysWhatIsKept() {
        var run = fineTuning("yolov3_small");
        assertThat(run.transfer().describe(run.network()))
                .endsWith("; the head keeps its boxes and objectness, 18 class filters start afresh");
        RunFile.write(run, folder);
        assertThat(Run.read(folder).transfer()).isEqualTo(run.transfer());
    }

    @Test
    void aHeadWithOtherAnchorsStartsAfreshWhole() {
        var network = OtherClasses.with(Zoo.network("yolov2_small"),
                Map.of("classes", "3", "num", "4", "anchors", "1,1, 2,2, 3,3, 4,4"));
        var transfer = Transfer.of(model(Zoo.network("yolov2_small")), network);
        assertThat(transfer.partly()).isEmpty();
        assertThat(transfer.fresh()).hasSize(2);
    }

    private Run fineTuning(String name) {
        return fineTuning(Zoo.network(name));
    }

    private Run fineTuning(Network network) {
        var task = new ObjectDetection(new Task.Detection(List.of("a", "b", "c")));
        return Run.fineTuning(task, model(network), "", Recipes.recipe("yolo-small"));
    }

    private Path model(Network network) {
        var file = folder.resolve(network.name() + ".safetensors");
        new ModelFile(network, Preprocessing.plain(network.input(), Preprocessing.Letterbox.DARKNET),
                new Task.Detection(List.of("1", "2", "3", "4", "5", "6", "7", "8")), Optional.empty(),
                new LinkedHashMap<>(Formula.tensors(network))).write(file);
        return file;
    }

    private static Map<String, TensorData> begun(Run run) {
        return run.transfer().tensors(run.network(), minusOnes(run.network()));
    }

    private static Map<String, TensorData> minusOnes(Network network) {
        var tensors = new LinkedHashMap<String, TensorData>();
        for (var parameter : Parameters.of(network)) {
            var values = new float[Math.toIntExact(parameter.elements())];
            Arrays.fill(values, -1);
            tensors.put(parameter.name(), TensorData.of(parameter.shape(), values));
        }
        return tensors;
    }

    private static float[][] rows(TensorData tensor) {
        var values = tensor.floats();
        var rows = new float[tensor.shape().getFirst()][];
        var each = values.length / rows.length;
        for (var i = 0; i < rows.length; i++) rows[i] = Arrays.copyOfRange(values, i * each, (i + 1) * each);
        return rows;
    }
}
