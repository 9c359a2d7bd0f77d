package dev.striate.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.striate.StriateException;
import dev.striate.fixtures.SharedFiles;
import dev.striate.graph.Layer;
import dev.striate.graph.Network;
import dev.striate.zoo.Zoo;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StateDictTest {
    private static final Network NETWORK = Layer.input(1, 4, 4).at("conv").conv(2, 3).network("tiny");

    @ParameterizedTest
    @ValueSource(strings = { "torch-zip.pt", "torch-legacy.pt" })
    void readsWhatPyTorchSaved(String name) throws URISyntaxException {
        var tensors = StateDict.read(Path.of(StateDictTest.class.getResource(name).toURI())).tensors();
        assertThat(tensors.keySet()).containsExactly("transposed", "part", "half");
        assertThat(tensors.get("transposed").shape()).containsExactly(3, 2);
        assertThat(tensors.get("transposed").floats()).containsExactly(0, 3, 1, 4, 2, 5);
        assertThat(tensors.get("part").floats()).containsExactly(4, 5);
        assertThat(tensors.get("half").type()).isEqualTo(DataType.F16);
        assertThat(tensors.get("half").floats()).containsExactly(1.5f, -2);
    }

    @Test
    @Tag("shared")
    void readsAPublishedResNet20() {
        var match = StateDict.read(SharedFiles.file("data/weights/cifar10-resnet20.th")).match(Zoo.network("resnet20"));
        assertThat(match.isWhole()).isTrue();
        assertThat(match.extra()).isEmpty();
        assertThat(match.whole().keySet()).startsWith("conv1.weight", "bn1.weight").endsWith("linear.bias");
        // by PyTorch: state['module.conv1.weight'].flatten()[0] and state['module.linear.bias'][0]
        assertThat(match.whole().get("conv1.weight").floats()[0]).isEqualTo(-0.13818146f);
        assertThat(match.whole().get("linear.bias").floats()[0]).isEqualTo(0.19355907f);
    }

    @Test
    void readsSafetensorsToo(@TempDir Path folder) {
        var file = folder.resolve("model.safetensors");
        new SafeTensors(new LinkedHashMap<>(), tensors("conv.weight", "conv.bias")).write(file);
        assertThat(StateDict.read(file).match(NETWORK).whole().keySet()).containsExactly("conv.weight", "conv.bias");
    }

    @Test
    void takesOffPrefixesThatAllNamesHave() {
        assertThat(new StateDict(tensors("_orig_mod.module.conv.weight", "_orig_mod.module.conv.bias")).tensors())
                .containsOnlyKeys("conv.weight", "conv.bias");
        assertThat(new StateDict(tensors("module.conv.weight", "conv.bias")).tensors())
                .containsOnlyKeys("module.conv.weight", "conv.bias");
    }

    @Test
    void refusesAMissingTensorByName() {
        var match = new StateDict(tensors("conv.weight", "head.bias")).match(NETWORK);
        assertThat(match.matched()).containsOnlyKeys("conv.weight");
        assertThat(match.extra()).containsExactly("head.bias");
        assertThatThrownBy(match::whole).isInstanceOf(StriateException.class).hasMessage(
                "The weights do not fit tiny: the file lacks conv.bias; it also has head.bias.");
    }

    @Test
    void refusesAWrongShapeByName() {
        var tensors = tensors("conv.weight");
        tensors.put("conv.bias", TensorData.of(List.of(3), new float[3]));
        assertThatThrownBy(() -> new StateDict(tensors).match(NETWORK).whole()).isInstanceOf(StriateException.class)
                .hasMessage("The weights do not fit tiny: the file has other shapes in "
                        + "conv.bias: expected [2]; received [3].");
    }

    @Test
    void namesAFewOfManyMissingTensorsAndCountsTheOthers() {
        var match = new StateDict(new LinkedHashMap<>()).match(Zoo.network("resnet18"));
        assertThatThrownBy(match::whole).hasMessage("The weights do not fit resnet18: the file lacks conv1.weight, "
                + "bn1.weight, bn1.bias, bn1.running_mean, bn1.running_var and 97 more.");
    }

    private static LinkedHashMap<String, TensorData> tensors(String... names) {
        var tensors = new LinkedHashMap<String, TensorData>();
        for (var name : names) {
            tensors.put(name, name.endsWith("weight")
                    ? TensorData.of(List.of(2, 1, 3, 3), new float[18])
                    : TensorData.of(List.of(2), new float[2]));
        }
        return tensors;
    }
}
