package dev.striate.bench.table;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// The table for a terminal.
final class TextTable {
    private static final String GAP = "  ";

    private TextTable() {}

    static String of(Report report) {
        var groups = new Groups(report);
        var lines = new ArrayList<>(groups.introduction());
        var all = groups.all();
        var widths = widths(all);
        for (var group : all) {
            lines.add("");
            lines.add(group.heading());
            lines.add(line(Columns.HEADINGS, widths));
            group.cells().forEach(cells -> lines.add(line(cells, widths)));
            group.caution().ifPresent(lines::add);
        }
        lines.add("");
        lines.addAll(Groups.legend());
        return String.join(System.lineSeparator(), lines);
    }

    private static int[] widths(List<Groups.Group> groups) {
        var widths = Columns.HEADINGS.stream().mapToInt(String::length).toArray();
        for (var group : groups) {
            for (var cells : group.cells()) {
                // The reason of an absent engine runs on over the columns.
                for (var i = 0; i < (cells.size() < widths.length ? 1 : widths.length); i++) {
                    widths[i] = Math.max(widths[i], cells.get(i).length());
                }
            }
        }
        return widths;
    }

    private static String line(List<String> cells, int[] widths) {
        if (cells.size() < widths.length) return GAP + pad(cells.getFirst(), widths[0], false) + GAP + cells.getLast();
        return IntStream.range(0, widths.length).mapToObj(i -> pad(cells.get(i), widths[i], i > 0))
                .collect(Collectors.joining(GAP, GAP, "")).stripTrailing();
    }

    private static String pad(String text, int width, boolean right) {
        var space = " ".repeat(width - text.length());
        return right ? space + text : text + space;
    }
}
