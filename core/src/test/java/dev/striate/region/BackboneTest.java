package dev.striate.region;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.striate.StriateException;
import dev.striate.graph.Network;
import dev.striate.graph.Op;
import dev.striate.graph.Op.RegionPooling.Method;
import dev.striate.graph.Parameter;
import dev.striate.graph.Parameters;
import dev.striate.graph.Shape;
import dev.striate.graph.Shapes;
import dev.striate.graph.Size;
import dev.striate.zoo.Zoo;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class BackboneTest {
    private static final Shape VOC = new Shape(3, 600, 1000);
    private static final Backbone PAPERS = new Backbone(16, 512, Method.MAX, List.of(128.0, 256.0, 512.0),
            List.of(0.5, 1.0, 2.0));

    /// Girshick 2015, §2.1: regions take the place of the last pooling and get 7×7.
    @Test
    void regionsTakeThePlaceOfVgg16sLastPooling() {
        var network = PAPERS.detector(Zoo.network("vgg16"), VOC, 20);
        var detector = RegionDetector.of(network);
        assertThat(detector.map()).isEqualTo(new Shape(512, 37, 62));
        assertThat(detector.head().input()).isEqualTo(new Shape(512, 7, 7));
        assertThat(detector.pooling()).isEqualTo(new RoiPooling(Size.square(7), 1.0 / 16));
        assertThat(detector.classes()).isEqualTo(20);
    }

    /// Ren et al. 2015, §3.1: a 3×3 convolution of 512, then 1×1 ones of k and 4k outputs for k = 9 anchors.
    @Test
    void theProposalNetworkIsThePapers() {
        var network = PAPERS.detector(Zoo.network("vgg16"), VOC, 20);
        var shapes = Shapes.of(network);
        assertThat(shapes.get(network.index("rpn_conv"))).isEqualTo(new Shape(512, 37, 62));
        assertThat(shapes.get(network.outputs().get(RegionDetector.PROPOSAL_SCORES))).isEqualTo(new Shape(9, 37, 62));
        assertThat(shapes.get(network.outputs().get(RegionDetector.PROPOSAL_OFFSETS)))
                .isEqualTo(new Shape(36, 37, 62));
    }

    /// He et al. 2015, appendix A: all of conv1 to conv4 is shared, conv5 and the average behind it read regions of 14×14.
    @Test
    void aResNetIsCutBeforeItsLastStage() {
        var detector = RegionDetector.of(PAPERS.detector(Zoo.network("resnet50"), VOC, 20));
        assertThat(detector.map()).isEqualTo(new Shape(1024, 38, 63));
        assertThat(detector.head().input()).isEqualTo(new Shape(1024, 14, 14));
        assertThat(detector.head().nodes()).anyMatch(node -> node.name().startsWith("layer4"));
        assertThat(detector.features().nodes()).noneMatch(node -> node.name().startsWith("layer4"));
    }

    @Test
    void aBackbonesWeightsAreFoundByName() {
        var detector = shapes(PAPERS.detector(Zoo.network("resnet18"), VOC, 3));
        var classifier = shapes(Zoo.network("resnet18"));
        classifier.keySet().removeIf(name -> name.startsWith("fc."));
        assertThat(detector).containsAllEntriesOf(classifier).doesNotContainKey("fc.weight")
                .containsKeys("cls_score.weight", "bbox_pred.bias", "rpn_conv.weight");
    }

    @Test
    void anotherNumberOfClassesWidensScoresAndOffsets() {
        var network = RegionDetector.withClasses(Zoo.network("faster_rcnn_small"), 3);
        assertThat(RegionDetector.of(network).classes()).isEqualTo(3);
        assertThat(((Op.Linear) node(network, RegionDetector.OFFSETS)).features()).isEqualTo(12);
    }

    @Test
    void withoutAnchorsTheDetectorIsFastRcnn() {
        var network = new Backbone(16, 1, Method.MAX, List.of(), List.of()).detector(Zoo.network("vgg16"), VOC, 20);
        assertThat(network.outputs()).containsOnlyKeys(RegionDetector.SCORES, RegionDetector.OFFSETS);
        assertThat(RegionDetector.of(network).anchors()).isEmpty();
    }

    @Test
    void refusesBackbonesThatCannotBeCut() {
        assertThatThrownBy(() -> PAPERS.detector(Zoo.network("lenet5"), VOC, 20)).isInstanceOf(StriateException.class)
                .hasMessageContaining("A map with 16 pixels to a cell was expected");
        assertThatThrownBy(() -> PAPERS.detector(Zoo.network("yolov2_tiny"), VOC, 20))
                .hasMessageContaining("ends in a fully connected layer");
        assertThatThrownBy(() -> RegionDetector.of(Zoo.network("lenet5"))).hasMessageContaining("has 0");
    }

    private static Map<String, List<Integer>> shapes(Network network) {
        return Parameters.of(network).stream().collect(Collectors.toMap(Parameter::name, Parameter::shape));
    }

    private static Op node(Network network, String output) {
        return network.nodes().get(network.outputs().get(output)).op();
    }
}
