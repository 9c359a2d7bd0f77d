package dev.striate.yolo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.striate.StriateException;
import dev.striate.box.Box;
import dev.striate.darknet.DarknetNetwork;
import dev.striate.detect.Detection;
import dev.striate.fixtures.SharedFiles;
import dev.striate.graph.Op;
import dev.striate.graph.Shape;
import dev.striate.graph.Size;
import dev.striate.random.RandomStream;
import dev.striate.target.Target;
import dev.striate.zoo.Zoo;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class YoloHeadsTest {
    private static final Size INPUT = new Size(64, 96);
    /// Two rows, three columns.
    private static final Size MAP = new Size(2, 3);

    @Test
    void aScalesBoxIsAMultipleOfItsAnchorAboutAPlaceInItsCell() {
        var head = given("yolo", Map.of("anchors", "10,20, 30,40", "mask", "1", "classes", "1"));
        var values = new float[6 * MAP.area()];
        var cell = 4; // the second row, the middle
        set(values, 0, cell, 0); // σ(0) = ½
        set(values, 1, cell, 1);
        set(values, 2, cell, (float) Math.log(2));
        set(values, 4, cell, 3);
        set(values, 5, cell, 2);
        silence(values, 4, cell);

        var found = new Candidates();
        head.decode(values, 0, MAP, INPUT, 0.5, found);

        assertThat(found.found()).singleElement().satisfies(one -> {
            assertThat(one.score()).isCloseTo(sigmoid(3) * sigmoid(2), within(1e-9));
            assertThat(one.box().centerX()).isCloseTo(1.5 / 3 * 96, within(1e-5));
            assertThat(one.box().centerY()).isCloseTo((1 + sigmoid(1)) / 2 * 64, within(1e-5));
            assertThat(one.box().width()).isCloseTo(60, within(1e-5));
            assertThat(one.box().height()).isCloseTo(40, within(1e-5));
        });
    }

    @ParameterizedTest
    @ValueSource(doubles = { 0, 1e-9, 0.25, 0.5, 0.999_999, 1 })
    void everyScoreAboveTheThresholdIsFoundToTheLastDigitAndNoOther(double threshold) {
        var values = new float[8 * MAP.area()];
        for (var i = 0; i < values.length; i++) values[i] = (float) (8 * RandomStream.of(7).normal(i));
        values[4 * MAP.area()] = (float) Math.log(threshold / (1 - threshold));
        var scores = new ArrayList<Double>();
        for (var cell = 0; cell < MAP.area(); cell++) {
            for (var entry = 5; entry < 8; entry++) {
                var score = sigmoid(values[4 * MAP.area() + cell]) * sigmoid(values[entry * MAP.area() + cell]);
                if (score > threshold) scores.add(score);
            }
        }
        var found = new Candidates();
        given("yolo", Map.of("anchors", "10,20", "classes", "3")).decode(values, 0, MAP, INPUT, threshold, found);
        assertThat(found.found()).extracting(Detection::score).containsExactlyElementsOf(scores);
    }

    @ParameterizedTest
    @CsvSource({ "yolo, 12", "region, 12", "detection, 76" })
    void aPictureWithoutObjectsAsksOnlyForLessConfidence(String kind, int channels) {
        var loss = given(kind, settings(kind)).loss(new float[channels * (channels == 12 ? MAP.area() : 1)], MAP, INPUT,
                List.of(new Truths.Objects(List.of())), 1_000_000);
        assertThat(loss.objects()).isZero();
        for (var value : loss.gradient()) assertThat(value).isNotNegative();
        assertThat(loss.cost()).isFinite();
    }

    @ParameterizedTest
    @CsvSource({ "yolo, 12", "region, 12", "detection, 76" })
    void boxesWithoutAreaAndWildOutputsGiveNoNaN(String kind, int channels) {
        var values = new float[channels * (channels == 12 ? MAP.area() : 1)];
        for (var i = 0; i < values.length; i++) values[i] = i % 2 == 0 ? 500 : -500;
        var flat = new Target.Objects(List.of(new Target.LabelledBox(new Box(5, 5, 5, 20), 0),
                new Target.LabelledBox(new Box(5, 5, 30, 20), 0)));
        var truths = Truth.of(flat, INPUT);
        assertThat(truths).hasSize(1);
        var head = given(kind, settings(kind));
        var loss = head.loss(values, MAP, INPUT, List.of(new Truths.Objects(truths)), 0);
        for (var value : loss.gradient()) assertThat(value).isNotNaN();
        var found = new Candidates();
        head.decode(values, 0, MAP, INPUT, 0.1, found);
        assertThat(found.found()).allSatisfy(one -> assertThat(one.score()).isFinite());
    }

    /// Of a scale, by central differences of the cross entropies and half squares that its description names.
    @Test
    void aScalesGradientIsThatOfItsLoss() {
        var head = given("yolo", Map.of("anchors", "10,20, 30,40", "classes", "1", "ignore_thresh", "1"));
        var truth = new Truth(0.55, 0.3, 0.3, 0.5, 0);
        var values = new float[12 * MAP.area()];
        for (var i = 0; i < values.length; i++) values[i] = (float) Math.sin(i);
        var gradient = head.loss(values, MAP, INPUT, List.of(new Truths.Objects(List.of(truth))), 0).gradient();
        for (var i = 0; i < values.length; i++) {
            var more = values.clone();
            var less = values.clone();
            more[i] += 1e-2f;
            less[i] -= 1e-2f;
            var slope = (scaleLoss(more, truth) - scaleLoss(less, truth)) / (more[i] - less[i]);
            assertThat((double) gradient[i]).as("value %d", i).isCloseTo(slope, within(1e-3));
        }
    }

    /// The second anchor, 30×40, is nearest the object's 28.8×32 pixels; its centre lies in the first row, the middle.
    private static double scaleLoss(float[] values, Truth truth) {
        var sum = 0.0;
        for (var anchor = 0; anchor < 2; anchor++) {
            for (var cell = 0; cell < MAP.area(); cell++) {
                var answers = anchor == 1 && cell == 1;
                sum += entropy(at(values, 6 * anchor + 4, cell), answers ? 1 : 0);
                if (!answers) continue;
                var weight = 2 - truth.width() * truth.height();
                sum += weight * entropy(at(values, 6, cell), truth.x() * 3 - 1)
                        + weight * entropy(at(values, 7, cell), truth.y() * 2)
                        + weight * half(at(values, 8, cell) - Math.log(truth.width() * 96 / 30))
                        + weight * half(at(values, 9, cell) - Math.log(truth.height() * 64 / 40))
                        + entropy(at(values, 11, cell), 1);
            }
        }
        return sum;
    }

    @Test
    void otherClassesWidenTheLayerBeforeEachHead() {
        var network = OtherClasses.of(Zoo.network("yolov3_tiny"), 3);
        assertThat(YoloHeads.of(network).maps().values()).extracting(Shape::channels).containsExactly(24, 24);
        assertThat(YoloHeads.of(OtherClasses.of(Zoo.network("yolov1_small"), 2)).classes()).isEqualTo(2);
    }

    @Test
    void refusesAMapThatDoesNotFit() {
        assertThatThrownBy(() -> YoloHead.of(new Op.Detection("yolo", settings("yolo")), new Shape(13, 2, 3)))
                .isInstanceOf(StriateException.class).hasMessageContaining("expects 12 channels for 1 classes");
        assertThatThrownBy(() -> given("yolo", Map.of("anchors", "10,x"))).hasMessageContaining("anchors");
        assertThatThrownBy(() -> YoloHeads.of(Zoo.network("lenet5"))).hasMessageContaining("is none");
    }

    @ParameterizedTest
    @ValueSource(
            strings = { "yolov1", "yolov1-tiny", "yolov2", "yolov2-voc", "yolov2-tiny", "yolov2-tiny-voc", "yolov3",
                    "yolov3-spp", "yolov3-tiny", "yolov3-voc", "yolo9000" })
    @Tag("shared")
    void everyDetectorOfDarknetHasItsHeads(String name) {
        var network = DarknetNetwork.read(SharedFiles.file("data/darknet/cfg/" + name + ".cfg")).network();
        var classes = name.equals("yolo9000") ? 9418 : name.matches("yolov1.*|.*voc") ? 20 : 80;
        assertThat(YoloHeads.of(network).classes()).isEqualTo(classes);
    }

    private static YoloHead given(String kind, Map<String, String> settings) {
        var op = new Op.Detection(kind, settings);
        var channels = YoloHead.of(op).channels();
        return YoloHead.of(op, kind.equals("detection") ? Shape.vector(channels) : new Shape(channels, 2, 3));
    }

    private static Map<String, String> settings(String kind) {
        return kind.equals("detection") ? Map.of("side", "2", "num", "3", "classes", "4", "sqrt", "1")
                : Map.of("anchors", kind.equals("yolo") ? "10,20, 30,40" : "1,1, 2,1.5", "num", "2", "classes", "1");
    }

    private static void silence(float[] values, int entry, int except) {
        for (var cell = 0; cell < MAP.area(); cell++) if (cell != except) set(values, entry, cell, -9);
    }

    private static void set(float[] values, int entry, int cell, float value) {
        values[entry * MAP.area() + cell] = value;
    }

    private static double at(float[] values, int entry, int cell) {
        return values[entry * MAP.area() + cell];
    }

    private static double half(double x) {
        return x * x / 2;
    }

    private static double entropy(double logit, double truth) {
        return -truth * Math.log(sigmoid(logit)) - (1 - truth) * Math.log(1 - sigmoid(logit));
    }

    private static double sigmoid(double x) {
        return 1 / (1 + Math.exp(-x));
    }
}
