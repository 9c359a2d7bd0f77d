package dev.striate.vision.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.striate.StriateException;
import dev.striate.box.Box;
import dev.striate.data.picture.Picture;
import dev.striate.detect.Detection;
import dev.striate.graph.Size;
import dev.striate.json.Json;
import dev.striate.vision.report.Palette;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class DetectedTest {
    private static final List<String> LABELS = List.of("red", "green", "blue");
    private final ObjectFinder squares = new Squares();

    @Test
    void namesWhatItFoundWithTheSurestFirst() {
        var picture = Squares.picture(100, 80, new Box(10, 20, 30, 40), 2);
        Squares.fill(picture, new Box(50, 50, 60, 60), 0);
        Squares.fill(picture, new Box(60, 60, 70, 70), 0); // Half of its square is black.

        var found = squares.find(picture, Thresholds.DEFAULT).found();

        assertThat(found).containsExactly(
                new Detected.Found("blue", 2, 1, new Detected.PixelBox(10, 20, 20, 20)),
                new Detected.Found("red", 0, 0.5, new Detected.PixelBox(50, 50, 20, 20)));
    }

    @Test
    void theJsonHasStableNames() {
        var json = JsonMapper.shared().readTree(Json.show(one(new Box(1, 2, 4, 6), 1).found()));

        assertThat(json.at("/0/label").asString()).isEqualTo("green");
        assertThat(json.at("/0/score").asDouble()).isEqualTo(0.5);
        assertThat(json.at("/0/box/left").asDouble()).isEqualTo(1);
        assertThat(json.at("/0/box/top").asDouble()).isEqualTo(2);
        assertThat(json.at("/0/box/width").asDouble()).isEqualTo(3);
        assertThat(json.at("/0/box/height").asDouble()).isEqualTo(4);
    }

    @Test
    void aBoxThatReachesBeyondThePictureIsCutAtItsEdge() {
        assertThat(one(new Box(-5, 70, 20, 90), 0).found().getFirst().box())
                .isEqualTo(new Detected.PixelBox(0, 70, 20, 10));
    }

    @Test
    void keepsOnlyTheClassesAskedFor() {
        var both = new Detected(new Size(80, 100), List.of(detection(0, 0.4), detection(2, 0.9)), LABELS);

        assertThat(both.only(Set.of(0)).detections()).containsExactly(detection(0, 0.4));
        assertThat(both.only(Set.of(1)).detections()).isEmpty();
    }

    @Test
    void anObjectIsCutOutInWholePixels() {
        var picture = Squares.picture(100, 80, new Box(10, 20, 30, 40), 1);
        var detected = one(new Box(10.4, 20.6, 29.5, 39.2), 1);

        var crop = detected.crop(picture, detected.detections().getFirst()).orElseThrow();

        assertThat(crop).isEqualTo(Squares.picture(20, 20, new Box(0, 0, 20, 20), 1));
        var outside = one(new Box(200, 200, 210, 210), 0);
        assertThat(outside.crop(picture, outside.detections().getFirst())).isEmpty();
    }

    /// A line has one colour of the class at any size, at least two pixels wide and less than a hundredth of the picture.
    @ParameterizedTest
    @ValueSource(ints = { 100, 640, 4000 })
    void boxesAndLettersAreSeenAtAnySize(int side) {
        var box = new Box(0.25 * side, 0.25 * side, 0.75 * side, 0.75 * side);
        var drawn = new Detected(new Size(side, side), List.of(new Detection(box, 1, 0.9)), LABELS)
                .on(Picture.black(side, side, 3));

        var middle = drawn.height() / 2;
        var line = IntStream.range(0, drawn.width() / 2).filter(x -> is(drawn, x, middle, Palette.series(1))).count();
        assertThat(line).isBetween(1L, Math.max(3L, drawn.width() / 100));
        var label = IntStream.range(0, drawn.height())
                .filter(y -> is(drawn, (int) (drawn.width() * 0.26), y, Palette.series(1))).count();
        assertThat(label).as("the label's height").isGreaterThan(drawn.height() / 60);
    }

    @Test
    void aFrameKeepsItsSizeWhereASmallPictureIsEnlarged() {
        var detected = one(new Box(10, 30, 60, 70), 0);

        assertThat(detected.onFrame(Picture.black(100, 80, 3)).size()).isEqualTo(new Size(80, 100));
        assertThat(detected.on(Picture.black(100, 80, 3)).size()).isEqualTo(new Size(400, 500));
    }

    @Test
    void refusesAClassWithoutAName() {
        assertThatThrownBy(() -> one(new Box(0, 0, 1, 1), 3)).isInstanceOf(StriateException.class)
                .hasMessage("An object of one of 3 classes was expected; received class 3.");
    }

    @Test
    void refusesThresholdsThatAreNoShares() {
        assertThatThrownBy(() -> new Thresholds(1.5, 0.45))
                .hasMessage("The least score of an object is from 0 to 1; received 1.5.");
        assertThatThrownBy(() -> new Thresholds(0.5, -1))
                .hasMessage("The overlap of two boxes is from 0 to 1; received -1.0.");
    }

    private static Detected one(Box box, int label) {
        return new Detected(new Size(80, 100), List.of(new Detection(box, label, 0.5)), LABELS);
    }

    private static Detection detection(int label, double score) {
        return new Detection(new Box(1, 1, 2, 2), label, score);
    }

    private static boolean is(Picture picture, int x, int y, int colour) {
        return picture.at(x, y, 0) == colour >> 16 && picture.at(x, y, 1) == (colour >> 8 & 0xff)
                && picture.at(x, y, 2) == (colour & 0xff);
    }
}
