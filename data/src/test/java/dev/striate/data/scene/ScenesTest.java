package dev.striate.data.scene;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.striate.StriateException;
import dev.striate.graph.Size;
import dev.striate.random.RandomStream;
import dev.striate.target.Target.Mask;
import java.util.Arrays;
import java.util.HashSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScenesTest {
    private static final RandomStream STREAM = RandomStream.of(3).at("train");

    @Test
    @Tag("native")
    void drawsTheSameForTheSameStreamAndNumberAndNeverTwiceAlike() {
        assertThat(Scenes.USUAL.picture(STREAM, 4)).isEqualTo(Scenes.USUAL.picture(STREAM, 4))
                .isNotEqualTo(Scenes.USUAL.picture(STREAM, 5))
                .isNotEqualTo(Scenes.USUAL.picture(RandomStream.of(4).at("train"), 4));
        assertThat(Scenes.USUAL.objects(STREAM, 4)).isEqualTo(Scenes.USUAL.objects(STREAM, 4));
    }

    @Test
    void boxesTouchTheirShapeOnAllSides() {
        for (var i = 0; i < 200; i++) {
            var mask = Scenes.ONE.mask(STREAM, i);
            var object = Scenes.ONE.objects(STREAM, i).boxes().getFirst();
            assertThat(extent(mask)).containsExactly((int) object.box().left(), (int) object.box().top(),
                    (int) object.box().right(), (int) object.box().bottom());
            assertThat(classes(mask)).containsExactlyInAnyOrder(0, object.label() + 1);
        }
    }

    /// Shares of the circle of radius 1 about each: ring 1 − 0.52², square 1.4² / π, triangle 3√3 / 4π, cross
    /// (4·0.94·0.32·2 − 4·0.32²) / π, star 5·0.45·sin 36° / π.
    @ParameterizedTest
    @CsvSource({ "CIRCLE, 1.000", "RING, 0.7296", "SQUARE, 0.6239", "TRIANGLE, 0.4135", "CROSS, 0.6356",
            "STAR, 0.4210" })
    void shapesHaveTheAreaThatTheirFormHas(Figure figure, double share) {
        var stencil = Stencil.of(new Placed(figure, 100, 100, 80, 0.4), Size.square(200));
        var inside = 0;
        for (var distance : stencil.distances()) if (distance <= 0) inside++;
        assertThat(inside / (Math.PI * 80 * 80)).isCloseTo(share, within(0.005));
    }

    @Test
    @Tag("native")
    void masksLieWhereThePictureShowsEdges() {
        var on = 0.0;
        var off = 0.0;
        for (var i = 0; i < 60; i++) {
            on += contrast(i, 0);
            off += contrast(i, 4);
        }
        assertThat(on).isGreaterThan(2 * off);
    }

    @Test
    void whatOthersHideAlmostWhollyIsNotDrawn() {
        var crowded = Scenes.USUAL.withObjects(12, 12);
        var dropped = 0;
        for (var i = 0; i < 60; i++) {
            var stencils = Layout.of(crowded, STREAM.at(i).draws()).stencils();
            dropped += 12 - stencils.size();
            for (var j = 0; j < stencils.size(); j++) {
                var over = new byte[crowded.size().area()];
                for (var other : stencils.subList(j + 1, stencils.size())) other.fill(over, 128, (byte) 1);
                assertThat(stencils.get(j).covered(over, 128)).isLessThanOrEqualTo(0.7);
            }
        }
        assertThat(dropped).isPositive();
    }

    @Test
    @Tag("native")
    void coloursTellNoClass() {
        var classes = Scenes.ONE.classes();
        var sums = new double[classes];
        var counts = new int[classes];
        for (var i = 0; i < 800; i++) {
            var label = Scenes.ONE.objects(STREAM, i).boxes().getFirst().label();
            sums[label] += green(i);
            counts[label]++;
        }
        // About 100 of each; means of a shape's green deviate by 60, those of a hundred by 6.
        for (var label = 0; label < classes; label++) {
            assertThat(counts[label]).isBetween(60, 140);
            assertThat(sums[label] / counts[label]).isCloseTo(Arrays.stream(sums).sum() / 800, within(25.0));
        }
    }

    @Test
    void keepsToItsSettings() {
        var scenes = Scenes.USUAL.withSize(new Size(40, 64)).withObjects(0, 3).withClasses(2);
        var counts = new HashSet<Integer>();
        for (var i = 0; i < 100; i++) {
            var boxes = scenes.objects(STREAM, i).boxes();
            counts.add(boxes.size());
            assertThat(boxes).allSatisfy(each -> {
                assertThat(each.label()).isBetween(0, 1);
                assertThat(each.box()).isEqualTo(each.box().clipped(64, 40));
            });
        }
        assertThat(counts).containsExactlyInAnyOrder(0, 1, 2, 3);
        assertThat(scenes.labels()).containsExactly("circle", "crescent");
    }

    @Test
    void refusesWhatCannotBeDrawn() {
        assertThatThrownBy(() -> Scenes.USUAL.withSize(Size.square(8))).isInstanceOf(StriateException.class)
                .hasMessageContaining("8×8");
        assertThatThrownBy(() -> Scenes.USUAL.withObjects(5, 2)).hasMessageContaining("5 to 2");
        assertThatThrownBy(() -> Scenes.USUAL.withClasses(9)).hasMessageContaining("received 9");
        assertThatThrownBy(() -> new Scenes(Size.square(64), 1, 1, 1, 0.5, 0.2)).hasMessageContaining("0.5 to 0.2");
    }

    /// How much the picture changes between neighbours where the mask, moved by `shift` columns and rows, does.
    private static double contrast(int number, int shift) {
        var picture = Scenes.ONE.picture(STREAM, number);
        var mask = Scenes.ONE.mask(STREAM, number);
        var sum = 0.0;
        var count = 0;
        for (var y = 0; y < 128 - shift; y++) {
            for (var x = 2; x < 126 - shift; x++) {
                if (mask.at(x, y) == mask.at(x - 1, y)) continue;
                for (var c = 0; c < 3; c++) {
                    sum += Math.abs(picture.at(x + shift + 1, y + shift, c) - picture.at(x + shift - 2, y + shift, c));
                }
                count++;
            }
        }
        return sum / count;
    }

    private static double green(int number) {
        var picture = Scenes.ONE.picture(STREAM, number);
        var mask = Scenes.ONE.mask(STREAM, number);
        var sum = 0.0;
        var count = 0;
        for (var i = 0; i < mask.classes().length; i++) {
            if (mask.classes()[i] == 0) continue;
            sum += picture.pixels()[3 * i + 1] & 0xff;
            count++;
        }
        return sum / count;
    }

    private static HashSet<Integer> classes(Mask mask) {
        var classes = new HashSet<Integer>();
        for (var each : mask.classes()) classes.add(each & 0xff);
        return classes;
    }

    private static int[] extent(Mask mask) {
        var extent = new int[] { 1000, 1000, 0, 0 };
        for (var y = 0; y < mask.size().height(); y++) {
            for (var x = 0; x < mask.size().width(); x++) {
                if (mask.at(x, y) == 0) continue;
                extent[0] = Math.min(extent[0], x);
                extent[1] = Math.min(extent[1], y);
                extent[2] = Math.max(extent[2], x + 1);
                extent[3] = Math.max(extent[3], y + 1);
            }
        }
        return extent;
    }
}
