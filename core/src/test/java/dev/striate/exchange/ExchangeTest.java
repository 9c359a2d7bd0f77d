package dev.striate.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.striate.StriateException;
import dev.striate.darknet.DarknetNetwork;
import dev.striate.exchange.Exports.Format;
import dev.striate.graph.Layer;
import dev.striate.graph.Network;
import dev.striate.graph.Op;
import dev.striate.graph.Parameters;
import dev.striate.recipe.Initialisation;
import dev.striate.recipe.Preprocessing;
import dev.striate.recipe.Preprocessing.Stretch;
import dev.striate.recipe.Start;
import dev.striate.task.Task;
import dev.striate.weights.NetworkTensors;
import dev.striate.weights.SafeTensors;
import dev.striate.weights.TensorData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExchangeTest {
    private static final Network NETWORK = Layer.input(3, 8, 8).at("conv").conv(2, 3).relu().flatten()
            .at("fc").linear(3).network("small");

    @TempDir
    Path folder;

    @Test
    void normalisesAsImageNetDoesAndSaysWhatItHadNoUseFor() {
        var imported = Imports.read(written("extra.counter"), NETWORK);

        assertThat(imported.extra()).containsExactly("extra.counter");
        assertThat(imported.model().preprocessing().mean()).containsExactly(0.485, 0.456, 0.406);
        assertThat(imported.withNormalisation(List.of(0.0, 0.0, 0.0), List.of(1.0, 1.0, 1.0)).model().preprocessing()
                .deviation()).containsOnly(1.0);
    }

    /// A face that was cut out is not cut again, and 0 to 255 becomes (v − 127.5) / 128.
    @Test
    void showsANetworkOfEmbeddingsWholeFacesAsFaceNetDoes() throws IOException {
        var faces = Layer.input(3, 160, 160).at("conv").conv(2, 3).relu().globalAvgPool().flatten().at("fc").linear(3)
                .then(new Op.L2Norm(1e-12)).network("faces");
        var file = folder.resolve("faces.safetensors");
        new SafeTensors(new LinkedHashMap<>(), NetworkTensors.fresh(faces, Start.of(new Initialisation.HeFanIn())))
                .write(file);
        var imported = Imports.read(file, faces);

        assertThat(imported.model().task()).isEqualTo(new Task.Verification(List.of()));
        assertThat(imported.model().preprocessing()).isEqualTo(new Preprocessing(faces.input(), new Stretch(),
                List.of(0.5, 0.5, 0.5), List.of(128 / 255.0, 128 / 255.0, 128 / 255.0)));
        var labels = Files.writeString(folder.resolve("labels.txt"), "cat");
        assertThatThrownBy(() -> imported.withLabels(labels)).isInstanceOf(StriateException.class)
                .hasMessage("faces compares pictures and expects no labels; received " + labels + ".");
    }

    @Test
    void namesWhatIsMissing() {
        var larger = Layer.input(3, 8, 8).at("conv").conv(2, 3).relu().at("more").conv(2, 3).flatten()
                .at("fc").linear(3).network("larger");

        assertThatThrownBy(() -> Imports.read(written("extra"), larger)).isInstanceOf(StriateException.class)
                .hasMessageContaining("lacks more.weight, more.bias").hasMessageContaining("extra");
    }

    @Test
    void refusesAnotherNumberOfLabelsThanClasses() throws IOException {
        var labels = Files.writeString(folder.resolve("labels.txt"), "cat\ndog\n");
        var imported = Imports.read(written("extra"), NETWORK);

        assertThatThrownBy(() -> imported.withLabels(labels)).isInstanceOf(StriateException.class)
                .hasMessageStartingWith("small expects a label to a line for each of its 3 classes; received 2 in ");
        Files.writeString(labels, "cat\ndog\nfish\n");
        assertThat(imported.withLabels(labels).model().labels()).containsExactly("cat", "dog", "fish");
    }

    @Test
    void writesAStateDictThatReadsBack() {
        var model = Imports.read(written("extra"), NETWORK).model();
        var file = folder.resolve("out.safetensors");

        assertThat(Exports.write(model, Format.SAFETENSORS, file)).containsExactly(file);
        var read = Imports.read(file, NETWORK);
        assertThat(read.extra()).isEmpty();
        assertThat(read.model().tensors().get("fc.weight").floats())
                .containsExactly(model.tensors().get("fc.weight").floats());
    }

    @Test
    void writesForDarknetWithTheNetworkBesideTheWeights() {
        var model = Imports.read(written("extra"), NETWORK).model();
        var files = Exports.write(model, Format.DARKNET, folder.resolve("small.weights"));

        assertThat(files).containsExactly(folder.resolve("small.weights"), folder.resolve("small.cfg"));
        var read = Imports.read(files.getFirst(), DarknetNetwork.read(files.getLast()));
        assertThat(read.model().tensors().firstEntry().getValue().floats())
                .containsExactly(model.tensors().get("conv.weight").floats());
        assertThatThrownBy(() -> Exports.write(model, Format.DARKNET, folder.resolve("small.bin")))
                .isInstanceOf(StriateException.class).hasMessageContaining("end in .weights");
    }

    @Test
    void givesDarknetASoftmaxAndTakesItAwayAgain() throws IOException {
        var model = Imports.read(written("extra"), NETWORK).model();
        var files = Exports.write(model, Format.DARKNET, folder.resolve("small.weights"));

        assertThat(Files.readString(files.getLast())).contains("[softmax]");
        var read = Imports.read(files.getFirst(), DarknetNetwork.read(files.getLast())).model().network();
        assertThat(read.nodes().get(read.output()).op()).isEqualTo(new Op.Linear(3, true));
    }

    /// The network's tensors, and one more.
    private Path written(String extra) {
        var tensors = new LinkedHashMap<String, TensorData>();
        for (var parameter : Parameters.of(NETWORK)) {
            var values = new float[(int) parameter.elements()];
            for (var i = 0; i < values.length; i++) values[i] = i / 7f;
            tensors.put(parameter.name(), TensorData.of(parameter.shape(), values));
        }
        tensors.put(extra, TensorData.of(List.of(1), new float[] { 1 }));
        var file = folder.resolve("in.safetensors");
        new SafeTensors(new LinkedHashMap<>(), tensors).write(file);
        return file;
    }
}
