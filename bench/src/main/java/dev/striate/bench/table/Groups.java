package dev.striate.bench.table;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/// What is said about a group of rows: its heading, its cells, what to beware of.
record Groups(Report report) {
    /// A training step costs about three passes: one forward, and backward one for the values and one for the weights.
    private static final int PASSES_OF_A_STEP = 3;

    List<Group> all() {
        return report.groups().entrySet().stream().map(entry -> group(entry.getKey(), entry.getValue())).toList();
    }

    private Group group(Row.Work work, List<Row> rows) {
        var gflop = rows.getFirst().gflop() * (work.training() ? PASSES_OF_A_STEP : 1);
        var columns = new Columns(rows, gflop, report.peakGflops());
        var heading = work + String.format(Locale.ROOT, " (%.2f GFLOP a picture)", gflop);
        return new Group(heading, rows.stream().map(columns::of).toList(), caution(rows));
    }

    private static Optional<String> caution(List<Row> rows) {
        var others = Report.disagreeing(rows).stream().map(row -> row.contender().label()).toList();
        return others.isEmpty() ? Optional.empty()
                : Optional.of("Different outputs, so not the same work: " + String.join(", ", others) + ".");
    }

    record Group(String heading, List<List<String>> cells, Optional<String> caution) {}

    /// What every table starts with.
    List<String> introduction() {
        return List.of(report.machine() + ".",
                String.format(Locale.ROOT, "%s, %d %s. The peak is oneDNN's float32 matrix product: %.0f GFLOP/s.",
                        report.date(), report.threads(), report.threads() == 1 ? "thread" : "threads",
                        report.peakGflops()));
    }

    /// How to read the columns.
    static List<String> legend() {
        return List.of("every engine: the same weights and pictures, a process of its own, in turn; medians",
                "±: half the range over an engine's turns; of a single turn, half the distance of its quartiles",
                "× best peer: pictures/s relative to the fastest engine that is not ours and computes in the same numbers, or else in float32",
                "a detector: with its boxes found, by the same code for all; its training step with its own loss",
                "GFLOP/s: two operations for each multiply-accumulate; a training step counts as three passes",
                "of peak: bf16 and int8 can exceed it, and so can Winograd's algorithm, which multiplies less",
                "memory: the most that the process held",
                "first result: from the start of the process; what torch.compile has compiled, it keeps for later turns");
    }

    /// The versions of ours, which their names leave out.
    String versions() {
        return report.rows().stream().filter(row -> row.contender().isOurs() && row.isMeasured()).map(Row::version)
                .distinct().sorted().collect(Collectors.joining(", "));
    }
}
