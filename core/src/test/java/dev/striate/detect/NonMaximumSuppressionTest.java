package dev.striate.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.striate.StriateException;
import dev.striate.box.Box;
import dev.striate.fixtures.SharedFiles;
import dev.striate.random.Draws;
import dev.striate.random.RandomStream;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class NonMaximumSuppressionTest {
    private static final int NO_LIMIT = Integer.MAX_VALUE;
    /// IoU with one another: first and second 1/2, second and third 1/2, first and third 1/5.
    private static final double[] IN_A_ROW = { 0, 0, 3, 3, 1, 0, 4, 3, 2, 0, 5, 3 };

    /// Two cars, one half behind the other: their overlap is 0.542, and with the distance of their centres 0.425.
    @Test
    void distanceOfCentresTellsNeighboursApart() {
        var whole = new Detection(new Box(454, 78, 684, 180), 0, 0.88);
        var half = new Detection(new Box(452, 78, 603, 164), 0, 0.37);
        var both = List.of(whole, half);

        assertThat(NonMaximumSuppression.of(both, 0.45)).containsExactly(whole);
        assertThat(NonMaximumSuppression.of(both, new Suppression(0.45, 0.6), 2)).containsExactly(whole, half);
        assertThat(NonMaximumSuppression.of(both, new Suppression(0.4, 0.6), 2)).containsExactly(whole);
    }

    @Test
    void keepsWhatOnlyASuppressedBoxOverlaps() {
        assertThat(NonMaximumSuppression.indices(IN_A_ROW, new double[] { .9, .8, .7 }, .4, NO_LIMIT))
                .containsExactly(0, 2);
    }

    @Test
    void keepsABoxWhoseOverlapIsTheThreshold() {
        assertThat(NonMaximumSuppression.indices(IN_A_ROW, new double[] { .9, .8, .7 }, .5, NO_LIMIT))
                .containsExactly(0, 1, 2);
    }

    @Test
    void givesTheBestFirstAndEqualOnesAsTheyCame() {
        var apart = new double[] { 0, 0, 1, 1, 2, 0, 3, 1, 4, 0, 5, 1, 6, 0, 7, 1 };

        assertThat(NonMaximumSuppression.indices(apart, new double[] { 0.0, .5, -0.0, .7 }, .5, NO_LIMIT))
                .containsExactly(3, 1, 0, 2);
    }

    @Test
    void keepsTheFirstOfTwoEqualBoxesWithEqualScores() {
        assertThat(NonMaximumSuppression.indices(new double[] { 0, 0, 2, 2, 0, 0, 2, 2 }, new double[] { .5, .5 }, .9,
                NO_LIMIT)).containsExactly(0);
    }

    @Test
    void looksAtEachClassByItself() {
        var box = new Box(0, 0, 10, 10);
        var cat = new Detection(box, 0, .5);
        var dog = new Detection(box, 7, .6);

        assertThat(NonMaximumSuppression.of(List.of(cat, dog, new Detection(box, 0, .4)), .5))
                .containsExactly(dog, cat);
    }

    @Test
    void keepsTheBestOverAllClassesWhereThereIsALimit() {
        var corners = new double[] { 0, 0, 1, 1, 2, 0, 3, 1, 4, 0, 5, 1, 6, 0, 7, 1 };

        assertThat(NonMaximumSuppression.indices(corners, new double[] { .1, .9, .8, .7 }, new int[] { 0, 1, 0, 1 }, .5,
                3)).containsExactly(1, 2, 3);
        assertThat(NonMaximumSuppression.indices(corners, new double[] { .1, .9, .8, .7 }, .5, 0)).isEmpty();
    }

    @Test
    void keepsBoxesWithoutAreaSinceTheyOverlapNothing() {
        var corners = new double[] { 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 3, 3, 1, 0, 1, 3 };

        assertThat(NonMaximumSuppression.indices(corners, new double[] { .9, .8, .7, .6 }, 0, NO_LIMIT))
                .containsExactly(0, 1, 2, 3);
    }

    @Test
    void takesNoBoxes() {
        assertThat(NonMaximumSuppression.of(List.of(), .5)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(doubles = { 0, .01, .3, .45, .7, .95, 1 })
    void doesWhatTheGreedyRuleDoes(double iou) {
        for (var seed = 0; seed < 40; seed++) {
            var detections = random(RandomStream.of(seed).draws(), 300, 1 + seed % 3, seed % 4);
            assertThat(NonMaximumSuppression.of(detections, iou)).as("seed %d", seed)
                    .containsExactlyElementsOf(greedy(detections, iou));
            assertThat(NonMaximumSuppression.of(detections, iou, 17)).as("17 of seed %d", seed)
                    .containsExactlyElementsOf(greedy(detections, iou).stream().limit(17).toList());
        }
    }

    @Test
    @Tag("shared")
    void doesWhatTorchvisionDoes() {
        var nms = JsonMapper.shared().readTree(SharedFiles.file("fixtures/detection/operations.json")).get("nms");
        var corners = nms.get("boxes").valueStream().flatMap(JsonNode::valueStream)
                .mapToDouble(JsonNode::asDouble).toArray();
        var scores = nms.get("scores").valueStream().mapToDouble(JsonNode::asDouble).toArray();
        var threshold = nms.get("threshold").asDouble();

        assertThat(NonMaximumSuppression.indices(corners, scores, threshold, NO_LIMIT)).isEqualTo(ints(nms, "keep"));
        assertThat(NonMaximumSuppression.indices(corners, scores, ints(nms, "classes"), threshold, NO_LIMIT))
                .isEqualTo(ints(nms, "keepPerClass"));
    }

    @Test
    void refusesWhatIsNoBoxNoScoreOrNoThreshold() {
        thenRefused(new double[] { 0, 0, 1 }, new double[] { .5 }, .5, 1, "received 3 and 1");
        thenRefused(new double[] { 0, 0, -1, 1 }, new double[] { .5 }, .5, 1, "box 0 is [0.0, 0.0, -1.0, 1.0]");
        thenRefused(new double[] { 0, 0, 1, Double.NaN }, new double[] { .5 }, .5, 1, "finite corners");
        thenRefused(new double[] { 0, 0, 1, 1 }, new double[] { Double.NaN }, .5, 1, "received NaN at 0");
        thenRefused(new double[] { 0, 0, 1, 1 }, new double[] { .5 }, 1.1, 1, "from 0 to 1 was expected; received 1.1");
        thenRefused(new double[] { 0, 0, 1, 1 }, new double[] { .5 }, .5, -1, "received -1");
    }

    private static void thenRefused(double[] corners, double[] scores, double iou, int limit, String why) {
        assertThatThrownBy(() -> NonMaximumSuppression.indices(corners, scores, iou, limit))
                .isInstanceOf(StriateException.class).hasMessageContaining(why);
    }

    private static int[] ints(JsonNode node, String name) {
        return node.get(name).valueStream().mapToInt(JsonNode::asInt).toArray();
    }

    /// The rule as it is written down, box by box.
    private static List<Detection> greedy(List<Detection> detections, double iou) {
        var kept = new ArrayList<Detection>();
        detections.stream().sorted((a, b) -> Double.compare(b.score(), a.score())).forEach(candidate -> {
            if (kept.stream().noneMatch(other -> other.label() == candidate.label()
                    && other.box().iou(candidate.box()) > iou)) {
                kept.add(candidate);
            }
        });
        return kept;
    }

    /// Boxes of whole or broken coordinates, many of equal scores, all about one place or far apart, some without area.
    private static List<Detection> random(Draws draws, int count, int classes, int kind) {
        return IntStream.range(0, count).mapToObj(_ -> {
            var spread = kind == 0 ? 20 : 200;
            var x = draws.nextInt(spread) - 30 + (kind == 1 ? draws.nextDouble() : 0);
            var y = draws.nextInt(spread) + (kind == 3 ? 1e6 : 0);
            var width = kind == 2 ? Math.exp(6 * draws.nextDouble()) : draws.nextInt(60);
            return new Detection(new Box(x, y, x + width, y + draws.nextInt(80)), draws.nextInt(classes),
                    draws.nextInt(50) / 50.0);
        }).toList();
    }
}
