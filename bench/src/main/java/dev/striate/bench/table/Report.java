package dev.striate.bench.table;

import dev.striate.StriateException;
import dev.striate.cli.Contender;
import dev.striate.files.FileErrors;
import dev.striate.json.Json;
import dev.striate.weights.AtomicFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// What a bench has found out: where, when, with how many threads, and the speed of the matrix product beside it.
///
/// @param date of the last measurement, as in 2026-01-31
/// @param peakGflops the float32 matrix product, in billions of operations a second
public record Report(Machine machine, String date, int threads, double peakGflops, List<Row> rows) {
    /// How far outputs may lie apart, relative to the largest: float32 sums in another order.
    private static final double AGREEMENT = 1e-2;

    public Report {
        rows = rows.stream().sorted(Row.ORDER).toList();
    }

    /// The rows by what was run, in the order of the table.
    Map<Row.Work, List<Row>> groups() {
        return rows.stream().collect(Collectors.groupingBy(Row::work, LinkedHashMap::new, Collectors.toList()));
    }

    /// The fastest of others' programs in a group that computes with the numbers of `own`, or in float32 where none does.
    static Optional<Row> bestPeer(List<Row> group, Contender own) {
        return bestPeer(group, own.numbers()).or(() -> bestPeer(group, Contender.Numbers.FLOAT32));
    }

    /// The fastest of others' programs in a group that computes with such numbers.
    static Optional<Row> bestPeer(List<Row> group, Contender.Numbers numbers) {
        return group.stream()
                .filter(row -> !row.contender().isOurs() && row.contender().numbers() == numbers && row.isMeasured())
                .max(Comparator.comparingDouble(Row::picturesPerSecond));
    }

    /// Those of a group whose outputs are not those of the group's first: they have not run the same network.
    static List<Row> disagreeing(List<Row> group) {
        var compared = group.stream()
                .filter(row -> row.isMeasured() && !row.contender().roundsValues())
                .filter(row -> !row.turns().getFirst().outputs().isEmpty())
                .toList();
        return compared.stream().filter(row -> !agrees(row, compared.getFirst())).toList();
    }

    private static boolean agrees(Row row, Row reference) {
        var a = row.turns().getFirst().outputs();
        var b = reference.turns().getFirst().outputs();
        var largest = b.stream().mapToDouble(Math::abs).max().orElse(1);
        for (var i = 0; i < Math.min(a.size(), b.size()); i++) {
            if (!(Math.abs(a.get(i) - b.get(i)) <= AGREEMENT * largest)) return false;
        }
        return true;
    }

    /// This report with those rows of an earlier one that it says nothing about; the larger peak is the truer one.
    Report over(Report earlier) {
        if (!earlier.machine.processor().equals(machine.processor()) || earlier.threads != threads) {
            throw new StriateException("The earlier table was measured on " + earlier.machine.processor() + " with "
                    + earlier.threads + " threads, and this one on " + machine.processor() + " with " + threads
                    + ": they do not belong together.");
        }
        var all = new ArrayList<>(rows);
        earlier.rows.stream().filter(row -> rows.stream().noneMatch(row::isAbout)).forEach(all::add);
        return new Report(machine, date, threads, Math.max(peakGflops, earlier.peakGflops), all);
    }

    /// Writes the table as Markdown to this file and as JSON beside it, over what the JSON holds already.
    Report write(Path file) {
        var json = beside(file);
        var whole = Files.exists(json) ? over(read(json)) : this;
        write(file, Markdown.of(whole));
        write(json, Json.write(whole, Report.class) + "\n");
        return whole;
    }

    private static Path beside(Path file) {
        return file.resolveSibling(file.getFileName().toString().replaceFirst("\\.md$", "") + ".json");
    }

    static Report read(Path json) {
        try {
            return Json.read(Files.readString(json), Report.class, json.toString());
        } catch (IOException e) {
            throw new StriateException(json + " could not be read: " + FileErrors.whyNotRead(json, e) + ".", e);
        }
    }

    private static void write(Path file, String text) {
        AtomicFile.write(file, text);
    }
}
