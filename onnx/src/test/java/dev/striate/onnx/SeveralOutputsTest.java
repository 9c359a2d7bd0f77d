package dev.striate.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession.SessionOptions.OptLevel;
import dev.striate.fixtures.SeveralOutputs;
import dev.striate.graph.Network;
import dev.striate.region.RegionDetector;
import dev.striate.zoo.Zoo;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("native")
class SeveralOutputsTest {
    @ParameterizedTest
    @MethodSource("dev.striate.fixtures.SeveralOutputs#all")
    void agreeWithThePlan(Network network) throws OrtException {
        Agreement.expect(network, 2);
    }

    @ParameterizedTest
    @CsvSource({ "yolov3-tiny, 96", "yolov3, 64" })
    void ofDarknetsDetectorsAgreeWithThePlan(String name, int side) throws OrtException {
        Agreement.expect(SeveralOutputs.darknet(name, side), 1, OptLevel.ALL_OPT);
    }

    /// Each half of a detector with regions is a network of its own.
    @Test
    void ofADetectorsHalvesAgreeWithThePlan() throws OrtException {
        var detector = RegionDetector.of(Zoo.network("faster_rcnn_small"));
        Agreement.expect(detector.features(), 2);
        Agreement.expect(detector.head(), 2);
        assertThat(OnnxFile.halves(Sample.model(Zoo.network("faster_rcnn_small"))).keySet())
                .containsExactly("features", "head");
    }

    @Test
    void areNotRoundedThoughAnInt8LayerReadsThemOn() throws OrtException {
        var network = SeveralOutputs.all().stream().filter(one -> one.name().equals("found on the way")).findFirst()
                .orElseThrow();
        var model = Sample.model(network);
        var int8 = new Int8(Set.of("b"),
                Map.of("a", new Int8.Range(0.05, true), "relu1", new Int8.Range(0.05, false)));
        var pictures = Sample.pictures(network.input(), 2);
        try (var exact = new Runtime(OnnxFile.of(model).bytes(), OptLevel.NO_OPT);
                var rounded = new Runtime(OnnxFile.of(model, int8).bytes(), OptLevel.NO_OPT)) {
            var expected = exact.run(network.input(), pictures.duplicate());
            var values = rounded.run(network.input(), pictures.duplicate());
            assertThat(values.get("features")).containsExactly(expected.get("features"), within(1e-5f));
            assertThat(values.get("found")).containsExactly(expected.get("found"), within(1e-5f));
            assertThat(values.get("output")).isNotEqualTo(expected.get("output"));
        }
    }
}
