package dev.striate.vision.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AxisTest {
    @Test
    void oneEpochIsTheOnlyTickAndStandsInTheMiddle() {
        var axis = axis(Scale.WHOLE, 1);
        assertThat(axis.ticks()).containsExactly(1.0);
        assertThat(axis.label(1)).isEqualTo("1");
        assertThat(axis.place(1)).isEqualTo(350);
    }

    @ParameterizedTest
    @ValueSource(ints = { 2, 3, 7, 12, 90, 1000, 123_456 })
    void epochsAreWholeNumbers(int epochs) {
        var axis = Axis.of(IntStream.rangeClosed(1, epochs).asDoubleStream(), Scale.WHOLE, 0, 700);
        assertThat(axis.ticks()).hasSizeBetween(2, 12)
                .allMatch(tick -> tick == Math.rint(tick) && tick >= 0 && tick <= epochs);
        assertThat(axis.ticks().stream().map(axis::label)).doesNotHaveDuplicates().noneMatch(l -> l.contains("."));
    }

    @ParameterizedTest
    @CsvSource({ "0, 1", "0.91, 0.97", "0.00025, 0.0005", "1e6, 2.5e6", "-3, 8", "99.9991, 99.9999", "2.3, 2.3",
            "0, 0" })
    void ticksAreToldApartByTheirLabels(double least, double most) {
        var axis = axis(Scale.LINEAR, least, most);
        assertThat(axis.ticks()).hasSizeBetween(2, 12);
        assertThat(axis.ticks().stream().map(axis::label)).doesNotHaveDuplicates();
        assertThat(axis.place(least)).isBetween(0.0, 700.0);
        assertThat(axis.place(most)).isBetween(0.0, 700.0);
    }

    @Test
    void smallAndLargeNumbersKeepTheirDigits() {
        var axis = axis(Scale.LINEAR, 0.00025, 0.0005);
        assertThat(axis.label(0.00025)).isEqualTo("2.5e-4");
        assertThat(axis.label(2_500_000)).isEqualTo("2.5e6");
        assertThat(axis.label(-1_000_000)).isEqualTo("-1e6");
        assertThat(axis.label(0)).isEqualTo("0");
    }

    @Test
    void equalFactorsTakeEqualLengths() {
        var axis = axis(Scale.LOGARITHMIC, 0.001, 0.1, -5, 0);
        assertThat(axis.place(0.1) - axis.place(0.01)).isCloseTo(axis.place(0.01) - axis.place(0.001),
                org.assertj.core.api.Assertions.within(1e-9));
        assertThat(axis.ticks()).contains(0.001, 0.01, 0.1);
        assertThat(axis.label(0.001)).isEqualTo("0.001");
    }

    @Test
    void sharesGoFromNothingToAll() {
        var axis = axis(Scale.SHARE, 0.4, 0.5);
        assertThat(axis.place(0)).isEqualTo(0);
        assertThat(axis.place(1)).isEqualTo(700);
    }

    @Test
    void nothingToShowStillMakesAnAxis() {
        for (var scale : Scale.values()) assertThat(axis(scale, Double.NaN).ticks()).isNotEmpty();
    }

    private static Axis axis(Scale scale, double... values) {
        return Axis.of(DoubleStream.of(values), scale, 0, 700);
    }
}
