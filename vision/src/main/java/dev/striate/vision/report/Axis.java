package dev.striate.vision.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;

/// Maps values to a stretch of a figure, with ticks at round numbers.
///
/// @param from where `least` lies, in units of the figure
/// @param to where `most` lies
record Axis(Scale scale, double least, double most, double from, double to) {
    private static final double MARGIN = 0.04;
    /// Room for a tick's label on an axis to the right, and on one upwards.
    private static final double WIDE = 80;
    private static final double HIGH = 28;

    /// An axis that holds these values, a little more on either side; values that have no place on it are ignored.
    static Axis of(DoubleStream values, Scale scale, double from, double to) {
        var shown = values.filter(scale::shows).summaryStatistics();
        if (scale == Scale.SHARE || shown.getCount() == 0) {
            return new Axis(scale, scale == Scale.LOGARITHMIC ? 0.1 : 0, 1, from, to);
        }
        var least = shown.getMin();
        var most = shown.getMax();
        var margin = most > least ? (most - least) * MARGIN : scale == Scale.WHOLE ? 0.5 : alone(most);
        return switch (scale) {
            case LOGARITHMIC -> logarithmic(least, most, from, to);
            case WHOLE -> new Axis(scale, least - margin, most + margin, from, to);
            // Numbers that are never negative have no room below 0.
            case LINEAR, SHARE -> new Axis(scale, least >= 0 && least < margin ? 0 : least - margin, most + margin,
                    from, to);
        };
    }

    private static Axis logarithmic(double least, double most, double from, double to) {
        var margin = least * 1.2 < most ? Math.pow(most / least, MARGIN) : 2;
        return new Axis(Scale.LOGARITHMIC, least / margin, most * margin, from, to);
    }

    /// What lies on either side of a single value.
    private static double alone(double value) {
        return value == 0 ? 1 : Math.abs(value) * 0.1;
    }

    double place(double value) {
        var share = scale == Scale.LOGARITHMIC ? Math.log(value / least) / Math.log(most / least)
                : (value - least) / (most - least);
        return from + share * (to - from);
    }

    List<Double> ticks() {
        return scale == Scale.LOGARITHMIC ? powers() : multiples(step());
    }

    private double step() {
        var length = Math.abs(to - from);
        var rough = (most - least) / Math.max(2, Math.floor(length / (to > from ? WIDE : HIGH)));
        if (scale == Scale.WHOLE && rough < 1) return 1;
        var power = Math.pow(10, Math.floor(Math.log10(rough)));
        for (var factor : new double[] { 1, 2, 5 }) if (factor * power >= rough * (1 - 1e-9)) return factor * power;
        return 10 * power;
    }

    private List<Double> multiples(double step) {
        var ticks = new ArrayList<Double>();
        var slack = step * 1e-9;
        for (var n = Math.ceil((least - slack) / step); n * step <= most + slack; n++) ticks.add(n * step);
        return ticks;
    }

    private List<Double> powers() {
        var ticks = new ArrayList<Double>();
        var wide = most / least > 1000;
        for (var power = Math.floor(Math.log10(least)); power <= Math.ceil(Math.log10(most)); power++) {
            for (var factor : wide ? new double[] { 1 } : new double[] { 1, 2, 5 }) {
                var tick = factor * Math.pow(10, power);
                if (tick >= least * 0.999 && tick <= most * 1.001) ticks.add(tick);
            }
        }
        return ticks;
    }

    String label(double tick) {
        var size = Math.abs(tick);
        if (size == 0) return "0";
        if (size < 1e-3 || size >= 1e6) return scientific(tick);
        var finest = scale == Scale.LOGARITHMIC ? size : step();
        var decimals = Math.max(0, (int) -Math.floor(Math.log10(finest) + 1e-9));
        return String.format(Locale.ROOT, "%." + decimals + "f", tick);
    }

    /// Such as 2.5e-4: no more digits than the number has.
    private static String scientific(double value) {
        var digits = new BigDecimal(value).round(new MathContext(6)).stripTrailingZeros();
        var exponent = digits.precision() - digits.scale() - 1;
        return digits.movePointLeft(exponent).stripTrailingZeros().toPlainString() + "e" + exponent;
    }
}
