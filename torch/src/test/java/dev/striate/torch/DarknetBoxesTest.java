package dev.striate.torch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.striate.detect.Detection;
import dev.striate.graph.Size;
import dev.striate.yolo.GridHead;
import dev.striate.yolo.YoloHeads;
import java.lang.foreign.Arena;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// YOLO's output layers give the boxes that Darknet does.
@Tag("native")
@Tag("shared")
class DarknetBoxesTest {
    /// As many as a file lists at most.
    private static final int LISTED = 24;

    @Test
    void decodesWhatDarknetDoes() {
        for (var each : DarknetCase.of("darknet-mini")) {
            if (each.numbers().has("boxes")) thenAgrees(found(each), each);
        }
    }

    private static List<Detection> found(DarknetCase each) {
        try (var arena = Arena.ofConfined(); var model = each.model()) {
            return YoloHeads.of(each.network()).decode(model.predict(each.pixels(1, arena), 1), 0,
                    each.numbers().get("threshold").asDouble());
        }
    }

    private static void thenAgrees(List<Detection> found, DarknetCase each) {
        var expected = each.numbers().get("boxes").valueStream().flatMap(box -> numbers(box, units(each))).toList();
        var size = each.network().input().size();
        var given = found.stream().map(one -> new double[] { one.label(), one.score(),
                one.box().centerX() / size.width(), one.box().centerY() / size.height(),
                one.box().width() / size.width(), one.box().height() / size.height() }).toList();
        if (each.numbers().get("boxes").size() < LISTED) assertThat(given).as("%s", each).hasSameSizeAs(expected);
        for (var one : expected) {
            assertThat(given).as("%s", each).anyMatch(other -> isClose(one, other));
        }
    }

    /// Label, score, centre, width and height of each class that a box has.
    private static Stream<double[]> numbers(JsonNode box, Size unit) {
        return IntStream.range(0, box.get("classes").size()).filter(k -> box.get("classes").get(k).asDouble() > 0)
                .mapToObj(k -> new double[] { k, box.get("classes").get(k).asDouble(),
                        box.get("x").asDouble() / unit.width(), box.get("y").asDouble() / unit.height(),
                        box.get("w").asDouble() / unit.width(), box.get("h").asDouble() / unit.height() });
    }

    /// Darknet gives YOLO v1's boxes in pixels, the others as shares of the input.
    private static Size units(DarknetCase each) {
        return YoloHeads.of(each.network()).heads().firstEntry().getValue() instanceof GridHead
                ? each.network().input().size()
                : Size.ONE;
    }

    private static boolean isClose(double[] expected, double[] given) {
        return IntStream.range(0, expected.length)
                .allMatch(i -> Math.abs(expected[i] - given[i]) <= 1e-5 * Math.max(1, Math.abs(expected[i])));
    }
}
