package dev.striate.bench.table;

import dev.striate.text.TextTable;
import java.util.List;
import java.util.stream.Stream;

/// The report for a terminal.
final class Terminal {
    private Terminal() {}

    static String of(Report report) {
        var groups = new Groups(report);
        var table = new TextTable().rightFrom(2);
        groups.introduction().forEach(table::section);
        for (var group : groups.all()) {
            table.section("").section(group.heading()).row(indented(Columns.HEADINGS));
            // The reason of an absent engine runs on over the columns.
            group.cells().forEach(cells -> table.row(indented(cells)));
            group.caution().ifPresent(table::section);
        }
        table.section("");
        Groups.legend().forEach(table::section);
        return table.toString();
    }

    private static Object[] indented(List<String> cells) {
        return Stream.concat(Stream.of(""), cells.stream()).toArray();
    }
}
