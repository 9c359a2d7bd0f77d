package dev.striate.data.face;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.striate.StriateException;
import dev.striate.box.Box;
import dev.striate.data.face.Landmarks.Point;
import dev.striate.data.picture.Affine;
import dev.striate.data.picture.Picture;
import dev.striate.graph.Size;
import dev.striate.random.RandomStream;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.api.Test;

class AlignmentTest {
    private static final Alignment OF_160 = new Alignment(160, 0.25);

    @ParameterizedTest
    @CsvSource({ "1, 0, 0, 0", "0.37, 30, 12, -7", "4, -170, 1000, 2000", "1e-3, 90, 0, 5" })
    void recoversScaleAngleAndShift(double scale, double degrees, double x, double y) {
        var cos = scale * Math.cos(Math.toRadians(degrees));
        var sin = scale * Math.sin(Math.toRadians(degrees));
        var affine = new Affine(cos, -sin, x, sin, cos, y);
        var start = OF_160.template().moved(affine.inverse());
        thenSame(OF_160.placement(start), affine, Math.max(1, 1 / scale));
    }

    /// By the gradient: no small change of scale, angle or shift comes closer.
    @Test
    void isTheBestOfItsKind() {
        var random = RandomStream.of(4);
        var from = points(random.at("from"));
        var to = points(random.at("to"));
        var best = Similarity.between(from, to);
        var least = squares(best, from, to);
        for (var step : new double[] { 1e-4, -1e-4 }) {
            for (var change : List.of(new Affine(1 + step, 0, 0, 0, 1 + step, 0), new Affine(1, -step, 0, step, 1, 0),
                    Affine.moved(step, 0), Affine.moved(0, step))) {
                assertThat(squares(best.then(change), from, to)).isGreaterThan(least);
            }
        }
    }

    @Test
    void scalesTheTemplate() {
        assertThat(new Alignment(112, 0).template().nose()).isEqualTo(new Point(56.0252, 71.7366));
        assertThat(new Alignment(224, 0).template().rightEye()).isEqualTo(new Point(2 * 38.2946, 2 * 51.6963));
    }

    /// White discs about the places of a turned and enlarged face come out about the template's places, also where the picture
    /// shrinks to a fifth.
    @ParameterizedTest
    @CsvSource({ "1.5, 25, 6", "5, -40, 20" })
    @Tag("native")
    void bringsTheLandmarksToTheTemplate(double enlarged, double degrees, int radius) {
        var angle = Math.toRadians(degrees);
        var cos = enlarged * Math.cos(angle);
        var sin = enlarged * Math.sin(angle);
        var landmarks = new Alignment(112, 0).template()
                .moved(new Affine(cos, -sin, 0, sin, cos, 0).about(56, 56).then(Affine.moved(244, 244)));
        var face = new Face(new Box(0, 0, 1, 1), 1, Optional.of(landmarks));
        var aligned = new Alignment(112, 0).of(withDiscs(600, landmarks, radius), face);
        assertThat(aligned.size()).isEqualTo(new Size(112, 112));
        for (var place : new Alignment(112, 0).template().points()) {
            var middle = middle(aligned, place, 7);
            assertThat(middle.x()).isCloseTo(place.x(), within(0.15));
            assertThat(middle.y()).isCloseTo(place.y(), within(0.15));
        }
    }

    @Test
    void squaresABoxWithoutLandmarks() {
        // 80 pixels high, 20 more on each side: the square of 120 about (150, 140) becomes 160.
        var placement = OF_160.placement(new Box(120, 100, 180, 180), new Size(400, 400));
        thenSame(placement, Affine.moved(-90, -80).then(Affine.scaled(160 / 120.0, 160 / 120.0)), 1);
    }

    @Test
    void keepsTheSquareInThePicture() {
        thenSame(OF_160.placement(new Box(-10, 350, 70, 430), new Size(400, 300)),
                Affine.moved(0, -280).then(Affine.scaled(160 / 120.0, 160 / 120.0)), 1);
        thenSame(OF_160.placement(new Box(100, 50, 300, 250), new Size(200, 500)),
                Affine.moved(-100, 0).then(Affine.scaled(160 / 200.0, 160 / 200.0)), 1);
    }

    @Test
    @Tag("native")
    void cutsAFaceOutByItsBox() {
        var picture = withDiscs(100, Landmarks.of(10, 20, 30, 20, 20, 30, 10, 40, 30, 40), 1);
        var cut = new Alignment(50, 0.25).of(picture, new Face(new Box(5, 12, 35, 48), 1, Optional.empty()));
        // The square of 54 about (20, 30) moves right to (0, 3).
        assertThat(cut.size()).isEqualTo(new Size(50, 50));
        var nose = middle(cut, new Point(20 * 50 / 54.0, 27 * 50 / 54.0), 3);
        assertThat(nose.x()).isCloseTo(20 * 50 / 54.0, within(0.15));
        assertThat(nose.y()).isCloseTo(27 * 50 / 54.0, within(0.15));
    }

    @Test
    void refusesWhatIsNoFace() {
        assertThatThrownBy(() -> OF_160.placement(Landmarks.of(3, 4, 3, 4, 3, 4, 3, 4, 3, 4)))
                .isInstanceOf(StriateException.class)
                .hasMessageStartingWith("Landmarks of a face were expected; received");
        assertThatThrownBy(() -> new Alignment(0, 0))
                .hasMessage("An alignment expects a side from 1 and a margin from 0; received 0 and 0.0.");
    }

    private static void thenSame(Affine affine, Affine expected, double size) {
        assertThat(affine.xx()).isCloseTo(expected.xx(), within(1e-9));
        assertThat(affine.xy()).isCloseTo(expected.xy(), within(1e-9));
        assertThat(affine.yx()).isCloseTo(expected.yx(), within(1e-9));
        assertThat(affine.yy()).isCloseTo(expected.yy(), within(1e-9));
        assertThat(affine.x0()).isCloseTo(expected.x0(), within(1e-9 * size));
        assertThat(affine.y0()).isCloseTo(expected.y0(), within(1e-9 * size));
    }

    private static List<Point> points(RandomStream random) {
        return IntStream.range(0, 5).mapToObj(i -> new Point(random.normal(2 * i), random.normal(2 * i + 1))).toList();
    }

    private static double squares(Affine affine, List<Point> from, List<Point> to) {
        return IntStream.range(0, 5).mapToDouble(i -> {
            var x = affine.x(from.get(i).x(), from.get(i).y()) - to.get(i).x();
            var y = affine.y(from.get(i).x(), from.get(i).y()) - to.get(i).y();
            return x * x + y * y;
        }).sum();
    }

    /// Edges are smooth, so that the middles of discs are not those of pixels.
    private static Picture withDiscs(int side, Landmarks places, double radius) {
        var picture = Picture.black(side, side, 1);
        for (var place : places.points()) {
            for (var y = 0; y < side; y++) {
                for (var x = 0; x < side; x++) {
                    var within = radius - Math.hypot(x + 0.5 - place.x(), y + 0.5 - place.y()) + 0.5;
                    if (within > 0) picture.pixels()[y * side + x] = (byte) Math.round(255 * Math.min(1, within));
                }
            }
        }
        return picture;
    }

    /// The centre of mass of what is within some pixels of a place.
    private static Point middle(Picture picture, Point place, int reach) {
        double x = 0;
        double y = 0;
        double sum = 0;
        for (var row = (int) place.y() - reach; row <= place.y() + reach; row++) {
            for (var column = (int) place.x() - reach; column <= place.x() + reach; column++) {
                var value = picture.at(column, row, 0);
                x += value * (column + 0.5);
                y += value * (row + 0.5);
                sum += value;
            }
        }
        return new Point(x / sum, y / sum);
    }
}
