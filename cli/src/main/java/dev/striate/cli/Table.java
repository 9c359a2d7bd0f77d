package dev.striate.cli;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Text in columns under headings; columns with a number stand to the right, thousands are parted.
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

    /// A line over the rows that follow, however wide the columns are.
    Table section(String title) {
        rows.add(List.of(title));
        return this;
    }

    @Override
    public String toString() {
        var columns = IntStream.range(0, rows.getFirst().size()).mapToObj(this::column).toList();
        return rows.stream()
                .map(row -> row.size() == 1 ? text(row.getFirst()) : line(row, columns))
                .collect(Collectors.joining(System.lineSeparator()));
    }

    private record Column(int width, boolean isRight) {
        String align(String text) {
            var space = " ".repeat(width - text.length());
            return isRight ? space + text : text + space;
        }
    }

    private Column column(int index) {
        var cells = rows.stream().filter(row -> row.size() > 1).map(row -> row.get(index)).toList();
        return new Column(cells.stream().mapToInt(cell -> text(cell).length()).max().orElse(0),
                cells.stream().anyMatch(Number.class::isInstance));
    }

    private static String line(List<Object> row, List<Column> columns) {
        return IntStream.range(0, columns.size())
                .mapToObj(i -> columns.get(i).align(text(row.get(i))))
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
