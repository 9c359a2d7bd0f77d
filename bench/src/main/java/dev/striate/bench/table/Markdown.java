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
        headings.add("ours ÷ best peer");
        var hasBf16 = contenders.stream().anyMatch(contender -> contender.isOurs() && contender.isBf16());
        if (hasBf16) headings.add("bf16 ÷ best peer's bf16");
        var rows = report.groups().entrySet().stream().filter(group -> group.getKey().training() == training)
                .map(group -> line(group.getKey(), group.getValue(), contenders, hasBf16)).toList();
        table(headings, rows, lines);
    }

    private static List<String> line(Row.Work work, List<Row> rows, List<Contender> contenders, boolean hasBf16) {
        var cells = new ArrayList<>(List.of(work.network(), Integer.toString(work.batch())));
        for (var contender : contenders) {
            cells.add(rows.stream().filter(row -> row.contender() == contender && row.isMeasured()).findFirst()
                    .map(row -> Columns.number(row.picturesPerSecond())).orElse("–"));
        }
        cells.add(ratio(rows, false));
        if (hasBf16) cells.add(ratio(rows, true));
        return cells;
    }

    /// Of the first of ours in float32, or in bf16, to the best peer.
    private static String ratio(List<Row> rows, boolean bf16) {
        return rows.stream().filter(row -> row.contender().isOurs() && row.contender().isBf16() == bf16)
                .filter(Row::isMeasured).findFirst().map(ours -> Columns.toBestPeer(rows, ours)).orElse("–");
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
