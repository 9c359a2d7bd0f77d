package dev.striate.zoo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.striate.StriateException;
import dev.striate.graph.Network;
import dev.striate.graph.Op;
import dev.striate.graph.Parameters;
import dev.striate.graph.Shape;
import dev.striate.graph.Shapes;
import dev.striate.region.RegionDetector;
import dev.striate.yolo.YoloHeads;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ZooTest {
    static Stream<ZooEntry> entries() {
        return Zoo.entries().stream();
    }

    @ParameterizedTest
    @MethodSource("entries")
    void endsInOneValueForEachClassOfThePictureOrOfEachPixelOrInBoxes(ZooEntry entry) {
        var network = entry.network(entry.input(), 7);
        if (YoloHeads.areIn(network)) {
            assertThat(YoloHeads.of(network).classes()).isEqualTo(7);
            return;
        }
        if (RegionDetector.isIn(network)) {
            assertThat(RegionDetector.of(network).classes()).isEqualTo(7);
            return;
        }
        var shapes = Shapes.of(network);
        var expected = entry.name().startsWith("fcn") ? entry.input().withChannels(7) : Shape.vector(7);
        assertThat(network.outputs().values()).allSatisfy(
                output -> assertThat(shapes.get(output)).isEqualTo(expected));
    }

    @ParameterizedTest
    @MethodSource("entries")
    void namesEveryTensorOnce(ZooEntry entry) {
        assertThat(Parameters.of(entry.network())).extracting("name").doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @MethodSource("entries")
    void takesGreyPicturesToo(ZooEntry entry) {
        var grey = new Shape(1, entry.input().height(), entry.input().width());
        assertThat(entry.network(grey, 2).input()).isEqualTo(grey);
    }

    @ParameterizedTest
    @ValueSource(strings = { "alexnet", "vgg16", "googlenet", "googlenet_paper", "inception_v3", "inception_v4",
            "resnet50",
            "resnetv2_50", "densenet121", "darknet53", "nin" })
    void takesLargerAndOblongPictures(String name) {
        assertThat(Shapes.of(Zoo.entry(name).network(new Shape(3, 256, 320), 5)).getLast()).isEqualTo(Shape.vector(5));
    }

    @ParameterizedTest
    @ValueSource(ints = { 28, 32, 64 })
    void takesSmallPicturesWhereItIsMadeForThem(int side) {
        var small = entries().filter(entry -> entry.input().height() == 32);
        assertThat(small).isNotEmpty().allSatisfy(entry -> assertThat(
                Shapes.of(entry.network(new Shape(1, side, side), 10)).getLast()).isEqualTo(Shape.vector(10)));
    }

    @Test
    void leavesOutHeadsThatDoNotFit() {
        assertThat(Zoo.entry("inception_v3").network(new Shape(3, 96, 96), 10).outputs()).hasSize(1);
        assertThat(Zoo.network("inception_v3").outputs()).containsOnlyKeys(Network.OUTPUT, "aux");
        assertThat(Zoo.network("googlenet").outputs().keySet()).containsExactly(Network.OUTPUT, "aux1", "aux2");
    }

    @Test
    void suggestsTheNearestName() {
        assertThatThrownBy(() -> Zoo.entry("resnet-18")).isInstanceOf(StriateException.class)
                .hasMessageContaining("'resnet18'");
    }

    @Test
    void listsTimmsNamesWhereTimmHasTheNetwork() {
        assertThat(names("darknet53")).contains("stem.conv1.conv.weight", "stages.0.conv_down.bn.running_mean",
                "stages.4.blocks.3.conv2.conv.weight", "head.fc.bias");
        assertThat(names("resnetv2_50")).contains("stem.conv.weight", "stages.0.blocks.0.downsample.conv.weight",
                "stages.3.blocks.2.norm3.running_var", "norm.weight", "head.fc.weight")
                .doesNotContain("stem.norm.weight");
        assertThat(names("inception_v4")).contains("features.0.conv.weight", "features.3.conv.bn.weight",
                "features.4.branch1.3.conv.weight", "features.6.branch3.1.conv.weight",
                "features.19.branch2_3b.conv.weight", "last_linear.weight");
        assertThat(names("inception_resnet_v2")).contains("mixed_5b.branch3.1.bn.weight", "repeat.9.conv2d.bias",
                "repeat_1.19.branch1.2.conv.weight", "repeat_2.8.branch0.conv.weight", "block8.conv2d.weight",
                "conv2d_7b.bn.running_var", "classif.weight");
        assertThat(names("inception_v3")).containsSubsequence("Mixed_6e.branch_pool.bn.running_var",
                "AuxLogits.conv0.conv.weight", "AuxLogits.conv1.bn.bias", "AuxLogits.fc.bias",
                "Mixed_7a.branch3x3_1.conv.weight", "Mixed_7b.branch3x3dbl_3b.conv.weight", "fc.weight");
    }

    @Test
    void hasTheDetailsOfThePublishedWeights() {
        assertThat(ops("googlenet", Op.BatchNorm.class)).containsOnly(new Op.BatchNorm(1e-3, 0.1));
        assertThat(ops("inception_v4", Op.BatchNorm.class)).containsOnly(new Op.BatchNorm(1e-3, 0.1));
        assertThat(ops("resnetv2_50", Op.BatchNorm.class)).containsOnly(new Op.BatchNorm(1e-5, 0.1));
        assertThat(ops("darknet53", Op.LeakyRelu.class)).containsOnly(new Op.LeakyRelu(0.01));
        assertThat(ops("darknet53_paper", Op.LeakyRelu.class)).containsOnly(new Op.LeakyRelu(0.1));
        assertThat(ops("inception_v3", Op.AvgPool.class)).allSatisfy(
                op -> assertThat(((Op.AvgPool) op).countPadding()).isTrue());
        assertThat(ops("inception_v4", Op.AvgPool.class)).allSatisfy(
                op -> assertThat(((Op.AvgPool) op).countPadding()).isFalse());
    }

    private static List<String> names(String network) {
        return Parameters.of(Zoo.network(network)).stream().map(parameter -> parameter.name()).toList();
    }

    private static List<Op> ops(String network, Class<? extends Op> kind) {
        return Zoo.network(network).nodes().stream().map(node -> node.op()).filter(kind::isInstance).toList();
    }
}
