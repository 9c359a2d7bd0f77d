package dev.striate.vision.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;

/// Maps values to a stretch of a figure, with ticks at round numbers.
///
/// @param logarithmic whether equal factors take equal lengths
/// @param whole whether all values are whole numbers, as those of epochs: there is nothing between them
record Axis(double least, double most, boolean logarithmic, boolean whole, double from, double to) {
    private static final int TICKS = 5;

    /// An axis that holds these values, a little more on either side; values that are not finite are ignored.
    static Axis of(DoubleStream values, boolean logarithmic, double from, double to) {
        var kept = values.filter(Double::isFinite).filter(v -> !logarithmic || v > 0).toArray();
        var finite = DoubleStream.of(kept).summaryStatistics();
        if (finite.getCount() == 0) return new Axis(logarithmic ? 0.1 : 0, 1, logarithmic, false, from, to);
        var least = finite.getMin();
        var most = finite.getMax();
        if (logarithmic) {
            return least * 1.2 < most ? new Axis(least, most, true, false, from, to)
                    : new Axis(least / 2, most * 2, true, false, from, to);
        }
        var margin = most > least ? (most - least) * 0.04 : Math.max(1e-3, Math.abs(most) * 0.1);
        var whole = most > least && DoubleStream.of(kept).allMatch(v -> v == Math.rint(v));
        return new Axis(least >= 0 && least < margin ? 0 : least - margin, most + margin, false, whole, from, to);
    }

    double place(double value) {
        var share = logarithmic ? Math.log(value / least) / Math.log(most / least) : (value - least) / (most - least);
        return from + share * (to - from);
    }

    List<Double> ticks() {
        return logarithmic ? powers() : multiples(step());
    }

    private double step() {
        var rough = (most - least) / TICKS;
        var power = Math.pow(10, Math.floor(Math.log10(rough)));
        if (whole && rough < 1) return 1;
        for (var factor : new double[] { 1, 2, 5 }) if (factor * power >= rough) return factor * power;
        return 10 * power;
    }

    private List<Double> multiples(double step) {
        var ticks = new ArrayList<Double>();
        for (var n = Math.ceil(least / step); n * step <= most; n++) ticks.add(n * step);
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
        if (tick == 0) return "0";
        var size = Math.abs(tick);
        if (size < 1e-3 || size >= 1e6) return String.format(Locale.ROOT, "%.0e", tick);
        var decimals = logarithmic ? Math.max(0, (int) -Math.floor(Math.log10(size) + 1e-9))
                : Math.max(0, (int) -Math.floor(Math.log10(step()) + 1e-9));
        return String.format(Locale.ROOT, "%." + decimals + "f", tick);
    }
}
