package dev.striate.torch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.striate.darknet.DarknetNetwork;
import dev.striate.fixtures.SharedFiles;
import dev.striate.graph.Shape;
import dev.striate.recipe.Initialisation;
import dev.striate.recipe.Precision;
import dev.striate.recipe.Start;
import dev.striate.weights.ModelFile;
import dev.striate.recipe.Preprocessing;
import dev.striate.task.Task;
import dev.striate.yolo.YoloHeads;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// YOLO9000 itself, with weights that are drawn: its own are 190 MB that nobody keeps here.
@Tag("native")
@Tag("shared")
class Yolo9000Test {
    @TempDir
    private Path folder;

    @Test
    void runsAndItsModelFileStandsAlone() {
        var darknet = DarknetNetwork.read(SharedFiles.file("data/darknet/cfg/yolo9000.cfg"));
        var network = darknet.network().withInput(new Shape(3, 64, 64));
        var names = darknet.words().orElseThrow().names();
        var file = folder.resolve("yolo9000.safetensors");
        try (var arena = Arena.ofConfined();
                var model = Model.fresh(network, Start.of(new Initialisation.HeFanIn()), Device.CPU,
                        Precision.FLOAT32)) {
            var outputs = model.predict(arena.allocate(network.input().elements() * Float.BYTES), 1);
            var found = YoloHeads.of(network).decode(outputs, 0, 0);
            // A map of 2×2 cells with three anchors each finds one class of each box, however sure.
            assertThat(found).hasSize(12).allMatch(each -> each.label() < names.size());
            new ModelFile(network, Preprocessing.plain(network.input(), Preprocessing.Letterbox.DARKNET),
                    new Task.Detection(names), Optional.empty(), new LinkedHashMap<>(model.tensors())).write(file);
        }
        var read = ModelFile.read(file);
        assertThat(read.network()).isEqualTo(network);
        assertThat(read.labels()).hasSize(9418).contains("n11524451");
    }
}
