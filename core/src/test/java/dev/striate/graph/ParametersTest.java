package dev.striate.graph;

import static dev.striate.graph.Options.groups;
import static dev.striate.graph.Options.noBias;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.striate.graph.Parameter.Role;
import dev.striate.zoo.Zoo;
import java.util.List;
import org.junit.jupiter.api.Test;

class ParametersTest {
    @Test
    void areThoseOfAPublishedResNet20() {
        var parameters = Parameters.of(Zoo.network("resnet20"));

        assertThat(parameters).extracting(Parameter::name, Parameter::shape, Parameter::role)
                .startsWith(
                        tuple("conv1.weight", List.of(16, 3, 3, 3), Role.WEIGHT),
                        tuple("bn1.weight", List.of(16), Role.NORM_SCALE),
                        tuple("bn1.bias", List.of(16), Role.NORM_SHIFT),
                        tuple("bn1.running_mean", List.of(16), Role.RUNNING_MEAN),
                        tuple("bn1.running_var", List.of(16), Role.RUNNING_VARIANCE),
                        tuple("layer1.0.conv1.weight", List.of(16, 16, 3, 3), Role.WEIGHT))
                .contains(tuple("layer2.0.conv1.weight", List.of(32, 16, 3, 3), Role.WEIGHT))
                .endsWith(
                        tuple("linear.weight", List.of(10, 64), Role.WEIGHT),
                        tuple("linear.bias", List.of(10), Role.BIAS));
    }

    @Test
    void listTheProjectionOfAPreActivatedBlockAsTimmDoes() {
        var names = Parameters.of(Zoo.network("resnetv2_50")).stream().map(Parameter::name)
                .filter(name -> name.endsWith(".weight"));

        assertThat(names).startsWith("stem.conv.weight", "stages.0.blocks.0.downsample.conv.weight",
                "stages.0.blocks.0.norm1.weight", "stages.0.blocks.0.conv1.weight").endsWith("norm.weight",
                        "head.fc.weight");
    }

    @Test
    void knowTheirNode() {
        var network = Zoo.network("resnet20");

        assertThat(Parameters.of(network)).allSatisfy(parameter -> assertThat(parameter.name())
                .startsWith(network.nodes().get(parameter.node()).name() + "."));
    }

    @Test
    void shrinkWithGroups() {
        assertThat(shapes(Layer.input(6, 8, 8).conv(12, 3, groups(3))))
                .containsExactly(List.of(12, 2, 3, 3), List.of(12));
    }

    @Test
    void areTransposedForATransposedConvolution() {
        assertThat(shapes(Layer.input(6, 8, 8).transposedConv(4, 2, groups(2), noBias())))
                .containsExactly(List.of(6, 2, 2, 2));
    }

    @Test
    void areOneKernelForEachConnectionOfATable() {
        assertThat(
                shapes(Layer.input(3, 8, 8).then(new Op.TableConv(List.of(List.of(0, 1), List.of(2)), Window.of(5)))))
                .containsExactly(List.of(3, 5, 5), List.of(2));
    }

    @Test
    void areNotSharedBetweenPlacesByALocalConvolution() {
        assertThat(shapes(Layer.input(3, 4, 5).then(new Op.LocalConv(2, Window.of(3)))))
                .containsExactly(List.of(2 * 3, 2, 27), List.of(2, 2, 3));
    }

    @Test
    void ofRunningStatisticsAreNotTrained() {
        var parameters = Parameters.of(Layer.input(3, 4, 4).batchNorm().network("x"));

        assertThat(parameters).extracting(Parameter::trainable).containsExactly(true, true, false, false);
        assertThat(parameters).extracting(Parameter::elements).containsOnly(3L);
    }

    private static List<List<Integer>> shapes(Layer layer) {
        return Parameters.of(layer.network("x")).stream().map(Parameter::shape).toList();
    }
}
