package dev.striate.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession.SessionOptions.OptLevel;
import dev.striate.detect.Detection;
import dev.striate.graph.Layer;
import dev.striate.graph.Network;
import dev.striate.graph.Op;
import dev.striate.graph.Outputs;
import dev.striate.yolo.YoloHeads;
import dev.striate.zoo.Zoo;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

/// Whoever has the file alone finds the boxes that a detector finds before repeated ones are suppressed.
@Tag("native")
class DecodingTest {
    private static final double LEAST = 0.01;
    private static final int PICTURES = 2;

    static Stream<Network> detectors() {
        return Stream.of(Zoo.network("yolov1_small"), Zoo.network("yolov2_small"), Zoo.network("yolov3_small"),
                small("stretched", 2 * (5 + 3),
                        new Op.Detection("yolo", Map.of("anchors", "4,6, 9,5, 7,7", "mask", "0,2",
                                "classes", "3", "num", "3", "scale_x_y", "1.2", "nms_kind", "greedynms"))),
                small("logistic", 6,
                        new Op.Detection("region", Map.of("anchors", "1.5,0.5", "classes", "1", "num", "1"))),
                small("tree", 5 + 5, new Op.Detection("region", Map.of("anchors", "1,2", "classes", "5", "num", "1",
                        "tree.parents", "-1*2,0*2,2", "tree.threshold", "0.3"))),
                grid("shares", Map.of("side", "2", "num", "1", "classes", "3", "softmax", "1")));
    }

    @ParameterizedTest
    @MethodSource("detectors")
    void theMetadataSaysHowOutputsBecomeBoxes(Network network) throws OrtException {
        try (var runtime = new Runtime(OnnxFile.of(Sample.model(network)).bytes(), OptLevel.ALL_OPT)) {
            var values = runtime.run(network.input(), Sample.pictures(network.input(), PICTURES));
            var metadata = JsonMapper.shared()
                    .readTree(runtime.session.getMetadata().getCustomMetadataValue("striate.decoding").orElseThrow());
            for (var picture = 0; picture < PICTURES; picture++) {
                thenSame(new FileDecoder(metadata).boxes(values, picture, LEAST),
                        YoloHeads.of(network).decode(new Outputs(PICTURES, values), picture, LEAST));
            }
        }
    }

    private static void thenSame(List<FileDecoder.Found> boxes, List<Detection> expected) {
        assertThat(boxes).hasSameSizeAs(expected).isNotEmpty();
        var own = boxes.stream().sorted(Comparator.comparingDouble(FileDecoder.Found::score)
                .thenComparingDouble(FileDecoder.Found::x)).toList();
        var theirs = expected.stream().sorted(Comparator.comparingDouble(Detection::score)
                .thenComparingDouble(each -> each.box().left() + each.box().right())).toList();
        for (var i = 0; i < own.size(); i++) {
            var box = theirs.get(i).box();
            var found = own.get(i);
            assertThat(found.label()).isEqualTo(theirs.get(i).label());
            assertThat(found.score()).isEqualTo(theirs.get(i).score(), within(1e-6));
            assertThat(new double[] { found.x(), found.y(), found.width(), found.height() }).containsExactly(
                    new double[] { (box.left() + box.right()) / 2, (box.top() + box.bottom()) / 2,
                            box.right() - box.left(), box.bottom() - box.top() },
                    within(1e-6 * (1 + found.width() + found.height())));
        }
    }

    /// Three rows of four cells, of 8×8 pixels each.
    private static Network small(String name, int channels, Op.Detection output) {
        return Layer.input(3, 24, 32).maxPool(8).at("answer").conv(channels, 1).at("boxes").then(output).network(name);
    }

    private static Network grid(String name, Map<String, String> settings) {
        return Layer.input(3, 16, 24).maxPool(8).flatten().at("answer").linear(4 * (3 + 5)).at("boxes")
                .then(new Op.Detection("detection", settings)).network(name);
    }
}
