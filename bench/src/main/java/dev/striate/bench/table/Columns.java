package dev.striate.bench.table;

import java.util.List;
import java.util.Locale;

/// The cells of a row: engine, pictures a second, spread, ratio to the best peer, arithmetic, its share of the peak, memory,
/// time to the first result.
record Columns(List<Row> group, double gflopPerPicture, double peakGflops) {
    static final List<String> HEADINGS = List.of("engine", "pictures/s", "±", "× best peer", "GFLOP/s", "of peak",
            "memory",
            "first result");

    /// The cells; an engine without figures has its name and the reason.
    List<String> of(Row row) {
        if (!row.isMeasured()) return List.of(name(row), row.absence().orElse("not measured"));
        var speed = row.picturesPerSecond();
        var gflops = speed * gflopPerPicture;
        return List.of(name(row), number(speed), percent(row.spread()),
                toBestPeer(row),
                String.format(Locale.ROOT, "%.0f", gflops), percent(gflops / peakGflops),
                row.peakBytes() == 0 ? "–" : row.peakBytes() / (1 << 20) + " MiB",
                String.format(Locale.ROOT, "%.1f s", row.firstResultSeconds()));
    }

    /// How fast a row of a group is beside the best peer of its numbers.
    private String toBestPeer(Row row) {
        return Report.bestPeer(group, row.contender()).map(best -> ratio(row, best)).orElse("–");
    }

    static String ratio(Row row, Row other) {
        return String.format(Locale.ROOT, "%.2f", row.picturesPerSecond() / other.picturesPerSecond());
    }

    static String name(Row row) {
        return row.contender().isOurs() || row.version().isEmpty() ? row.contender().label()
                : row.contender().label() + " (" + row.version() + ")";
    }

    /// Three significant digits.
    static String number(double value) {
        return String.format(Locale.ROOT, value < 10 ? "%.2f" : value < 100 ? "%.1f" : "%,.0f", value);
    }

    static String percent(double share) {
        return String.format(Locale.ROOT, "%.0f %%", 100 * share);
    }
}
