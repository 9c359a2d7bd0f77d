package dev.striate.text;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Text in columns; those with a number stand to the right, and thousands are parted. A row of fewer cells than the widest
/// lets its last one run on over the other columns.
public final class TextTable {
    private static final String GAP = "  ";

    private final List<Line> lines = new ArrayList<>();
    private int rightFrom = Integer.MAX_VALUE;

    private sealed interface Line {
        record Cells(List<Object> cells) implements Line {}

        record Title(String text) implements Line {}

        record Rule() implements Line {}
    }

    private record Column(int width, boolean isRight) {
        String align(String text) {
            var space = " ".repeat(width - DisplayWidth.of(text));
            return isRight ? space + text : text + space;
        }
    }

    /// A table with headings as its first row, or without any.
    public TextTable(String... headings) {
        if (headings.length > 0) row((Object[]) headings);
    }

    /// Columns from this one on, counted from 0, stand to the right even where no cell is a number.
    public TextTable rightFrom(int column) {
        rightFrom = column;
        return this;
    }

    public TextTable row(Object... cells) {
        lines.add(new Line.Cells(List.of(cells)));
        return this;
    }

    /// A line between rows, however wide the columns are.
    public TextTable section(String title) {
        lines.add(new Line.Title(title));
        return this;
    }

    /// A line drawn over all columns.
    public TextTable rule() {
        lines.add(new Line.Rule());
        return this;
    }

    @Override
    public String toString() {
        var count = rows().mapToInt(cells -> cells.size()).max().orElse(0);
        var columns = IntStream.range(0, count).mapToObj(index -> column(index, count)).toList();
        var width = columns.stream().mapToInt(Column::width).sum() + GAP.length() * Math.max(0, count - 1);
        return lines.stream().map(line -> switch (line) {
            case Line.Cells(var cells) -> line(cells, columns);
            case Line.Title(var text) -> text;
            case Line.Rule() -> "─".repeat(width);
        }).collect(Collectors.joining(System.lineSeparator()));
    }

    private Stream<List<Object>> rows() {
        return lines.stream()
                .flatMap(line -> line instanceof Line.Cells(var cells) ? Stream.of(cells) : Stream.empty());
    }

    private Column column(int index, int count) {
        var cells = rows().filter(row -> index < row.size() - (row.size() < count ? 1 : 0)).map(row -> row.get(index))
                .toList();
        return new Column(cells.stream().mapToInt(cell -> DisplayWidth.of(text(cell))).max().orElse(0),
                index >= rightFrom || cells.stream().anyMatch(Number.class::isInstance));
    }

    private static String line(List<Object> cells, List<Column> columns) {
        return IntStream.range(0, cells.size())
                .mapToObj(i -> i == cells.size() - 1 && cells.size() < columns.size() ? text(cells.get(i))
                        : columns.get(i).align(text(cells.get(i))))
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
