package dev.striate.bench.table;

import dev.striate.cli.Contender;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/// The table as Markdown: all networks at a glance, then each in full.
final class Markdown {
    private Markdown() {}

    static String of(Report report) {
        var groups = new Groups(report);
        var lines = new ArrayList<String>();
        lines.add("# Speed, side by side");
        lines.add("");
        lines.addAll(groups.introduction());
        lines.add("Ours: " + groups.versions() + ". Written by `./striate bench`.");
        for (var training : List.of(false, true)) glance(report, training, lines);
        for (var group : groups.all()) {
            lines.addAll(List.of("", "## " + group.heading(), ""));
            table(Columns.HEADINGS, group.cells(), lines);
            group.caution().ifPresent(caution -> lines.addAll(List.of("", caution)));
        }
        lines.addAll(List.of("", "## How to read this", ""));
        Groups.legend().forEach(line -> lines.add("- " + line));
        return String.join("\n", lines) + "\n";
    }

    /// A line for each network and batch: pictures a second of each engine, and what ours is to the best peer.
    private static void glance(Report report, boolean training, List<String> lines) {
        var contenders = Arrays.stream(Contender.values())
                .filter(c -> report.rows().stream().anyMatch(row -> row.training() == training && row.contender() == c))
                .toList();
        if (contenders.isEmpty()) return;
        lines.addAll(List.of("", training ? "Training steps, pictures/s:" : "Inference, pictures/s:", ""));
        var headings = new ArrayList<>(List.of("network", "batch"));
        contenders.forEach(contender -> headings.add(contender.label()));
        var ratios = Arrays.stream(Ratio.values()).filter(ratio -> ratio.isAbout(contenders)).toList();
        ratios.forEach(ratio -> headings.add(ratio.heading));
        var rows = report.groups().entrySet().stream().filter(group -> group.getKey().training() == training)
                .map(group -> line(group.getKey(), group.getValue(), contenders, ratios)).toList();
        table(headings, rows, lines);
    }

    private static List<String> line(Row.Work work, List<Row> rows, List<Contender> contenders, List<Ratio> ratios) {
        var cells = new ArrayList<>(List.of(work.network(), Integer.toString(work.batch())));
        for (var contender : contenders) {
            cells.add(rows.stream().filter(row -> row.contender() == contender && row.isMeasured()).findFirst()
                    .map(row -> Columns.number(row.picturesPerSecond())).orElse("–"));
        }
        ratios.forEach(ratio -> cells.add(ratio.of(rows)));
        return cells;
    }

    /// What the first of ours in some numbers is to the best peer in the same, or in others.
    private enum Ratio {
        FLOAT32("ours ÷ best peer", Contender.Numbers.FLOAT32, Contender.Numbers.FLOAT32),
        BF16("bf16 ÷ best peer's bf16", Contender.Numbers.BF16, Contender.Numbers.BF16),
        INT8("int8 ÷ best peer's int8", Contender.Numbers.INT8, Contender.Numbers.INT8),
        INT8_TO_FLOAT32("int8 ÷ best peer's float32", Contender.Numbers.INT8, Contender.Numbers.FLOAT32);

        private final String heading;
        private final Contender.Numbers ours;
        private final Contender.Numbers theirs;

        Ratio(String heading, Contender.Numbers ours, Contender.Numbers theirs) {
            this.heading = heading;
            this.ours = ours;
            this.theirs = theirs;
        }

        boolean isAbout(List<Contender> contenders) {
            return contenders.stream().anyMatch(contender -> contender.isOurs() && contender.numbers() == ours);
        }

        String of(List<Row> rows) {
            var own = rows.stream().filter(row -> row.contender().isOurs() && row.contender().numbers() == ours)
                    .filter(Row::isMeasured).findFirst();
            var peer = Report.bestPeer(rows, theirs);
            return own.isEmpty() || peer.isEmpty() ? "–" : Columns.ratio(own.get(), peer.get());
        }
    }

    private static void table(List<String> headings, List<List<String>> rows, List<String> lines) {
        lines.add(row(headings));
        lines.add("|---|" + "---:|".repeat(headings.size() - 1));
        for (var cells : rows) {
            var filled = new ArrayList<>(cells);
            filled.addAll(Collections.nCopies(headings.size() - cells.size(), ""));
            lines.add(row(filled));
        }
    }

    private static String row(List<String> cells) {
        return "| " + String.join(" | ", cells).replace("\n", " ") + " |";
    }
}
