package dev.striate.region;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.striate.StriateException;
import dev.striate.box.Box;
import dev.striate.fixtures.Formula;
import dev.striate.graph.Shape;
import dev.striate.graph.Size;
import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RegionPoolingTest {
    private static final Offset<Double> REFERENCE = within(1e-9);
    private static final Size BINS = new Size(3, 4);
    /// Of the reference's regions.
    private static final int[] PICTURES = { 0, 1, 0, 1, 1 };

    /// 1 to 16 in four rows.
    private static final FeatureMaps SIXTEEN = new FeatureMaps(
            Values.of(IntStream.rangeClosed(1, 16).mapToDouble(i -> i).toArray()), new Shape(1, 4, 4));

    static List<RegionPooling> poolings() {
        return List.of(new RoiPooling(BINS, 0.25), new RoiAlign(BINS, 0.25, 2, true),
                new RoiAlign(BINS, 0.25, 3, false));
    }

    @Test
    void theBinsOfARegionTakeTheLargestOfTheirCells() {
        var pooled = given(new RoiPooling(new Size(2, 2), 1), new Box(0, 0, 3, 3));
        assertThat(pooled.values().doubles()).containsExactly(6, 8, 14, 16);
        assertThat(pooled.gradient(Values.of(1.0, 2, 3, 4)).doubles())
                .containsExactly(0, 0, 0, 0, 0, 1, 0, 2, 0, 0, 0, 0, 0, 3, 0, 4);
    }

    /// Three cells to two bins: each has two rows and columns, and the middle belongs to both.
    @Test
    void binsThatDoNotDivideARegionOverlap() {
        var pooled = given(new RoiPooling(new Size(2, 2), 1), new Box(0, 0, 2, 2));
        assertThat(pooled.values().doubles()).containsExactly(6, 7, 10, 11);
        assertThat(given(new RoiPooling(new Size(2, 2), 1), new Box(2, 2, 2, 2)).values().doubles())
                .containsExactly(11, 11, 11, 11);
    }

    @Test
    void cornersAreRoundedToCells() {
        assertThat(given(new RoiPooling(Size.ONE, 1), new Box(0.4, 0.4, 1.5, 1.49)).values().doubles())
                .containsExactly(7);
        assertThat(given(new RoiPooling(Size.ONE, 0.5), new Box(0, 0, 3, 6)).values().doubles()).containsExactly(15);
    }

    @Test
    void binsOutsideTheMapAreZeroAndHandNothingBack() {
        var pooled = given(new RoiPooling(new Size(1, 2), 1), new Box(3, 3, 6, 6));
        assertThat(pooled.values().doubles()).containsExactly(16, 0);
        assertThat(Arrays.stream(pooled.gradient(Values.of(1.0, 5)).doubles()).sum()).isEqualTo(1);
    }

    /// A box of two cells, its samples at the cells' centres, then between four cells.
    @Test
    void alignInterpolatesBetweenCentres() {
        assertThat(given(new RoiAlign(new Size(1, 2), 1, 1, true), new Box(0, 0, 2, 1)).values().doubles())
                .containsExactly(1, 2);
        assertThat(given(new RoiAlign(Size.ONE, 1, 1, true), new Box(1, 1, 3, 3)).values().doubles())
                .containsExactly((6 + 7 + 10 + 11) / 4.0);
        assertThat(given(new RoiAlign(Size.ONE, 1, 1, false), new Box(1, 1, 1, 1)).values().doubles())
                .containsExactly((6 + 7 + 10 + 11) / 4.0);
    }

    /// In single precision, with the channels of a bin side by side.
    @ParameterizedTest
    @MethodSource("poolings")
    void poolsForAHeadWhatItPoolsForTraining(RegionPooling pooling) {
        var random = new Random(3);
        var values = new float[2 * 3 * 5 * 6];
        for (var i = 0; i < values.length; i++) values[i] = (float) random.nextGaussian();
        var maps = new FeatureMaps(Values.of(values), new Shape(3, 5, 6));
        var regions = List.of(new Region(0, new Box(1, 2, 17, 11)), new Region(1, new Box(-3, 4, 9, 40)),
                new Region(1, new Box(5, 5, 5, 5)), new Region(0, new Box(90, 90, 99, 99)));
        var expected = pooling.pool(maps, regions).values();
        try (var arena = Arena.ofShared()) {
            var pooled = arena.allocate(ValueLayout.JAVA_FLOAT, expected.length());
            ChannelsLastMaps.of(maps).pool(pooling, regions, pooled);
            for (var i = 0; i < expected.length(); i++) {
                var bin = i % BINS.area();
                var channel = i / BINS.area() % 3;
                var region = i / BINS.area() / 3;
                var value = pooled.getAtIndex(ValueLayout.JAVA_FLOAT, (region * BINS.area() + bin) * 3L + channel);
                assertThat((double) value).isCloseTo(expected.get(i), within(1e-6));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("poolings")
    void degenerateAndFarRegionsGiveNumbers(RegionPooling pooling) {
        var far = List.of(new Box(2, 2, 2, 2), new Box(-9, -9, -5, -5), new Box(-1e300, -1e300, 1e300, 1e300),
                new Box(1e300, 1e300, 1.1e300, 1.1e300), new Box(0, 0, 400, 400), new Box(1, 0, 1, 4));
        var pooled = pooling.pool(SIXTEEN, far.stream().map(box -> new Region(0, box)).toList());
        assertThat(pooled.values().doubles()).hasSize(far.size() * BINS.area());
        for (var value : pooled.values().doubles()) assertThat(value).isBetween(0.0, 16.0);
        for (var slope : pooled.gradient(pooled.values()).doubles()) assertThat(slope).isFinite().isNotNegative();
    }

    @ParameterizedTest
    @MethodSource("poolings")
    void noRegionsAndNoPicturesGiveNothing(RegionPooling pooling) {
        var none = pooling.pool(SIXTEEN, List.of());
        assertThat(none.values().length()).isZero();
        assertThat(none.gradient(none.values()).doubles()).containsOnly(0).hasSize(16);
        var empty = new FeatureMaps(Values.of(new double[0]), SIXTEEN.shape());
        assertThat(pooling.pool(empty, List.of()).values().length()).isZero();
    }

    @ParameterizedTest
    @MethodSource("poolings")
    void theGradientIsThatOfTheWeightedSum(RegionPooling pooling) {
        var shape = new Shape(2, 6, 5);
        var features = References.formula("feature", 2 * 60);
        var regions = List.of(new Region(1, new Box(1, 2, 13, 21)), new Region(0, new Box(-3, 4, 30, 9)),
                new Region(1, new Box(6.5, 3, 17, 14.25)));
        var pooled = pooling.pool(new FeatureMaps(Values.of(features), shape), regions);
        var weights = References.formula("upstream", pooled.values().length());
        Slopes.thenGradientIs(pooled.gradient(Values.of(weights)), features,
                moved -> dot(pooling.pool(new FeatureMaps(moved, shape), regions).values().doubles(), weights));
    }

    @ParameterizedTest
    @MethodSource("poolings")
    void singlePrecisionIsDoublePrecisionRounded(RegionPooling pooling) {
        var shape = new Shape(3, 12, 16);
        var floats = Values.of(References.formula("feature", 3 * 192)).floats();
        var regions = IntStream.range(0, 200)
                .mapToObj(i -> new Region(0, new Box(i % 20, i % 13, 20 + i % 41, 14 + i % 31))).toList();
        var single = pooling.pool(new FeatureMaps(Values.of(floats), shape), regions);
        var exact = pooling.pool(new FeatureMaps(Values.of(Values.of(floats).doubles()), shape), regions);
        assertThat(single.values().floats()).isEqualTo(exact.values().floats());
        var slopes = single.gradient(single.values()).floats();
        var exactSlopes = exact.gradient(exact.values()).doubles();
        for (var i = 0; i < slopes.length; i++) {
            assertThat((double) slopes[i]).isCloseTo(exactSlopes[i], within(1e-3));
        }
    }

    @Test
    @Tag("shared")
    void theReferencesRegionsFollowTheirFormula() {
        var corners = References.of("roiPool").get("rois").valueStream().map(References::numbers).toList();
        var regions = referenceRegions();
        for (var i = 0; i < corners.size(); i++) {
            var box = regions.get(i).box();
            assertThat(corners.get(i)).containsExactly(new double[] { PICTURES[i], box.left(), box.top(), box.right(),
                    box.bottom() }, within(1e-8));
        }
    }

    @Test
    @Tag("shared")
    void poolsAsTorchvisionDoes() {
        var reference = References.of("roiPool");
        var pooled = referenceRegions(new RoiPooling(BINS, 0.25));
        assertThat(pooled.values().doubles()).containsExactly(References.numbers(reference.get("output")), REFERENCE);
        var upstream = Values.of(References.formula("upstream", pooled.values().length()));
        assertThat(pooled.gradient(upstream).doubles())
                .containsExactly(References.numbers(reference.get("featureGradient")), REFERENCE);
    }

    @Test
    @Tag("shared")
    void alignsAsTorchvisionDoes() {
        var reference = References.of("roiAlign");
        var pooled = referenceRegions(new RoiAlign(BINS, 0.25, 2, true));
        assertThat(pooled.values().doubles()).containsExactly(References.numbers(reference.get("output")), REFERENCE);
        var gradient = pooled.gradient(Values.of(References.formula("upstream", pooled.values().length()))).doubles();
        assertThat(Math.sqrt(dot(gradient, gradient)))
                .isCloseTo(reference.get("featureGradientNorm").asDouble(), REFERENCE);
    }

    @Test
    void refusesWhatDoesNotFit() {
        var pooling = new RoiPooling(BINS, 1);
        assertThatThrownBy(() -> pooling.pool(SIXTEEN, List.of(new Region(1, new Box(0, 0, 1, 1)))))
                .isInstanceOf(StriateException.class).hasMessageContaining("Regions of 1 pictures");
        assertThatThrownBy(() -> pooling.pool(SIXTEEN, List.of()).gradient(Values.of(1.0)))
                .hasMessageContaining("expects 0 values; received 1");
        assertThatThrownBy(() -> new FeatureMaps(Values.of(1.0), new Shape(1, 2, 2)))
                .hasMessageContaining("received 1");
        assertThatThrownBy(() -> new RoiPooling(Size.ZERO, 1).pool(SIXTEEN, List.of())).hasMessageContaining("0×0");
        assertThatThrownBy(() -> new RoiPooling(BINS, 0)).hasMessageContaining("received 0.0");
        assertThatThrownBy(() -> new RoiAlign(BINS, 1, 0, true)).hasMessageContaining("and 0");
        assertThatThrownBy(() -> new Region(-1, new Box(0, 0, 1, 1))).hasMessageContaining("received -1");
    }

    private static PooledRegions given(RegionPooling pooling, Box box) {
        return pooling.pool(SIXTEEN, List.of(new Region(0, box)));
    }

    private static PooledRegions referenceRegions(RegionPooling pooling) {
        var shape = new Shape(3, 12, 16);
        return pooling.pool(new FeatureMaps(Values.of(References.formula("feature", 2 * 3 * 12 * 16)), shape),
                referenceRegions());
    }

    /// In a picture of 64 × 48. The file has their first ten digits, which is less than align's values have.
    private static List<Region> referenceRegions() {
        var u = Formula.uniform("rois", 20);
        return IntStream.range(0, 5).map(i -> 4 * i).mapToObj(i -> {
            var left = 56 * u[i];
            var top = 40 * u[i + 1];
            return new Region(PICTURES[i / 4], new Box(left, top, left + 8 + u[i + 2] * (56 - left),
                    top + 8 + u[i + 3] * (40 - top)));
        }).toList();
    }

    private static double dot(double[] a, double[] b) {
        return IntStream.range(0, a.length).mapToDouble(i -> a[i] * b[i]).sum();
    }
}
