package dev.striate.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.striate.StriateException;
import dev.striate.graph.Layer;
import dev.striate.graph.Network;
import dev.striate.graph.Parameters;
import dev.striate.recipe.Preprocessing;
import dev.striate.task.Task;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelFileTest {
    private static final Network NETWORK = Layer.input(1, 4, 4)
            .at("conv1").conv(2, 3).at("bn1").batchNorm().relu()
            .flatten().at("fc").linear(2)
            .network("tiny");

    @TempDir
    Path folder;

    @Test
    void readsBackWhatItWrote() {
        var file = folder.resolve("tiny.safetensors");
        var model = model(tensors(), Optional.of("{\"epochs\":3}"));
        model.write(file);
        var read = ModelFile.read(file);
        assertThat(read.network()).isEqualTo(NETWORK);
        assertThat(read.preprocessing()).isEqualTo(model.preprocessing());
        assertThat(read.labels()).containsExactly("cat", "dog");
        assertThat(read.recipe()).contains("{\"epochs\":3}");
        assertThat(read.tensors().keySet()).containsExactly("conv1.weight", "conv1.bias", "bn1.weight", "bn1.bias",
                "bn1.running_mean", "bn1.running_var", "fc.weight", "fc.bias");
        read.tensors()
                .forEach((name, tensor) -> assertThat(tensor.floats()).isEqualTo(model.tensors().get(name).floats()));
    }

    /// As models were written that did not say which outputs are auxiliary.
    @Test
    void readsAModelWhoseNetworkDoesNotNameItsAuxiliaryOutputs() {
        var file = folder.resolve("tiny.safetensors");
        model(tensors(), Optional.empty()).write(file);
        var stored = SafeTensors.read(file);
        var metadata = new LinkedHashMap<>(stored.metadata());
        metadata.compute("striate.network", (_, text) -> text.replace(",\"auxiliary\":[]", ""));
        var old = folder.resolve("old.safetensors");
        new SafeTensors(metadata, stored.tensors()).write(old);
        assertThat(SafeTensors.read(old).metadata().get("striate.network")).doesNotContain("auxiliary");
        assertThat(ModelFile.read(old).network()).isEqualTo(NETWORK);
    }

    @Test
    void mayHaveNoRecipe() {
        var file = folder.resolve("tiny.safetensors");
        model(tensors(), Optional.empty()).write(file);
        assertThat(ModelFile.read(file).recipe()).isEmpty();
    }

    @Test
    void putsTensorsIntoTheOrderOfTheParameters() {
        assertThat(model(new LinkedHashMap<>(tensors().reversed()), Optional.empty()).tensors().keySet())
                .containsExactlyElementsOf(tensors().keySet());
    }

    @Test
    void refusesAFileOfAnotherProgram() {
        var file = folder.resolve("other.safetensors");
        new SafeTensors(new LinkedHashMap<>(Map.of("format", "pt")), tensors()).write(file);
        assertThatThrownBy(() -> ModelFile.read(file)).isInstanceOf(StriateException.class)
                .hasMessageStartingWith(file + " is no Striate model");
    }

    @Test
    void refusesALaterFormat() {
        var file = folder.resolve("later.safetensors");
        new SafeTensors(new LinkedHashMap<>(Map.of("striate.format", "3")), tensors()).write(file);
        assertThatThrownBy(() -> ModelFile.read(file))
                .hasMessage(file + " is a Striate model of format 3; this program reads the formats 1 and 2.");
    }

    @Test
    void readsTheFormatThatHadLabelsAsAClassifier() {
        var file = folder.resolve("first.safetensors");
        model(tensors(), Optional.empty()).write(file);
        var stored = SafeTensors.read(file);
        var metadata = new LinkedHashMap<>(stored.metadata());
        metadata.put("striate.format", "1");
        metadata.remove("striate.task");
        metadata.put("striate.labels", "[\"cat\",\"dog\"]");
        new SafeTensors(metadata, new LinkedHashMap<>(stored.tensors())).write(file);
        assertThat(ModelFile.read(file).task()).isEqualTo(new Task.Classification(List.of("cat", "dog")));
    }

    @Test
    void refusesAMissingTensorByName() {
        var tensors = tensors();
        tensors.remove("bn1.running_var");
        thenRefused(tensors, "tiny expects a tensor 'bn1.running_var' of shape [2]; received none.");
    }

    @Test
    void refusesATensorTooManyByName() {
        var tensors = tensors();
        tensors.put("head.weight", TensorData.of(List.of(1), new float[1]));
        thenRefused(tensors, "tiny has no parameter 'head.weight', but a tensor has its name.");
    }

    @Test
    void refusesAWrongShapeByName() {
        var tensors = tensors();
        tensors.put("fc.weight", TensorData.of(List.of(8, 2), new float[16]));
        thenRefused(tensors, "tiny expects a tensor 'fc.weight' of shape [2, 8]; received [8, 2].");
    }

    @Test
    void namesTheFileWhoseTensorsDoNotFit() {
        var file = folder.resolve("tiny.safetensors");
        model(tensors(), Optional.empty()).write(file);
        var stored = SafeTensors.read(file);
        var tensors = new LinkedHashMap<>(stored.tensors());
        tensors.remove("fc.bias");
        new SafeTensors(stored.metadata(), tensors).write(file);
        assertThatThrownBy(() -> ModelFile.read(file))
                .hasMessage(file + ": tiny expects a tensor 'fc.bias' of shape [2]; received none.");
    }

    private static void thenRefused(SequencedMap<String, TensorData> tensors, String message) {
        assertThatThrownBy(() -> model(tensors, Optional.empty())).isInstanceOf(StriateException.class)
                .hasMessage(message);
    }

    private static ModelFile model(SequencedMap<String, TensorData> tensors, Optional<String> recipe) {
        var preprocessing = Preprocessing.plain(NETWORK.input(), new Preprocessing.Stretch());
        return new ModelFile(NETWORK, preprocessing, new Task.Classification(List.of("cat", "dog")), recipe, tensors);
    }

    private static LinkedHashMap<String, TensorData> tensors() {
        var tensors = new LinkedHashMap<String, TensorData>();
        var next = 1f;
        for (var parameter : Parameters.of(NETWORK)) {
            var values = new float[(int) parameter.elements()];
            for (var i = 0; i < values.length; i++) values[i] = next++;
            tensors.put(parameter.name(), TensorData.of(parameter.shape(), values));
        }
        return tensors;
    }
}
