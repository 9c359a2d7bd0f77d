package dev.striate.cli;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Text in columns under headings; numbers stand to the right, with their thousands parted.
final class Table {
    private static final String GAP = "  ";
    private final List<List<Object>> rows = new ArrayList<>();

    Table(String... headings) {
        rows.add(List.of((Object[]) headings));
    }

    Table row(Object... cells) {
        rows.add(List.of(cells));
        return this;
    }

    @Override
    public String toString() {
        var widths = IntStream.range(0, rows.getFirst().size())
                .map(column -> rows.stream().mapToInt(row -> text(row.get(column)).length()).max().orElse(0))
                .toArray();
        return rows.stream().map(row -> line(row, widths)).collect(Collectors.joining(System.lineSeparator()));
    }

    private String line(List<Object> row, int[] widths) {
        return IntStream.range(0, widths.length)
                .mapToObj(column -> {
                    var text = text(row.get(column));
                    var space = " ".repeat(widths[column] - text.length());
                    return rows.getLast().get(column) instanceof Number ? space + text : text + space;
                })
                .collect(Collectors.joining(GAP))
                .stripTrailing();
    }

    private static String text(Object cell) {
        return switch (cell) {
            case Long number -> String.format(Locale.ROOT, "%,d", number);
            case BigDecimal number -> String.format(Locale.ROOT, "%,." + Math.max(0, number.scale()) + "f", number);
            default -> cell.toString();
        };
    }
}
