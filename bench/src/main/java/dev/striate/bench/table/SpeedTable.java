package dev.striate.bench.table;

import dev.striate.cli.Benchmark;
import dev.striate.cli.Contender;
import dev.striate.files.Folders;
import dev.striate.graph.Costs;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/// Has every contender take its turns on every network, one after the other, and gathers the table.
public final class SpeedTable implements Benchmark {
    @Override
    public Answer run(Request request, Consumer<String> progress) {
        if (request.files().isPresent()) return run(request, request.files().get(), progress);
        var folder = Folders.temporary("striate-bench");
        var delete = new Thread(() -> Folders.remove(folder));
        Runtime.getRuntime().addShutdownHook(delete);
        return run(request, folder, progress);
    }

    private static Answer run(Request request, Path folder, Consumer<String> progress) {
        if (request.prepareOnly()) return prepare(request, folder, progress);
        var turn = new Turn(folder.toAbsolutePath());
        var peak = turn.matrixProduct(request.threads(), request.seconds());
        progress.accept(String.format(Locale.ROOT, "matrix product: %.0f GFLOP/s", peak));
        var rows = new ArrayList<Row>();
        for (var subject : request.networks()) {
            var contenders = request.contenders().stream().filter(c -> c.does(request.training())).toList();
            var model = Prepared.write(folder, subject, request.batches(), contenders);
            for (var batch : request.batches()) {
                rows.addAll(new Turns(request, turn, model, subject, batch, progress).take(contenders));
            }
        }
        var report = new Report(Machine.here(), LocalDate.now().toString(), request.threads(), peak, rows);
        var whole = request.out().map(report::write).orElse(report);
        return new Answer(whole, Terminal.of(report));
    }

    private static Answer prepare(Request request, Path folder, Consumer<String> progress) {
        var files = new ArrayList<String>();
        for (var subject : request.networks()) {
            var file = Prepared.write(folder, subject, request.batches(), request.contenders());
            progress.accept(file + " is ready");
            files.add(file.toString());
        }
        return new Answer(files, String.join(System.lineSeparator(), files));
    }

    private record Turns(Request request, Turn turn, Path model, Subject subject, int batch,
            Consumer<String> progress) {
        /// All contenders once, then all of them again: what slows the machine slows all.
        List<Row> take(List<Contender> contenders) {
            var rows = new ArrayList<Row>();
            var gflop = Costs.of(subject.network().atInference()).gflop();
            for (var contender : contenders) {
                rows.add(Row.empty(subject.name(), batch, request.training(), gflop, contender));
            }
            for (var round = 0; round < request.rounds(); round++) rows.replaceAll(this::next);
            return rows;
        }

        private Row next(Row row) {
            if (row.absence().isPresent()) return row;
            try {
                var measurement = turn
                        .take(new WorkItem(row.contender(), row.training(), model, batch, request.threads(),
                                request.seconds(), System.currentTimeMillis()));
                progress.accept(
                        String.format(Locale.ROOT, "%s: %s %.1f pictures/s", row.work(), row.contender().label(),
                                measurement.picturesPerSecond()));
                return row.with(measurement);
            } catch (Turn.Absent absent) {
                progress.accept(row.work() + ": " + row.contender().label() + " " + absent.getMessage());
                return row.without(absent.getMessage());
            }
        }
    }
}
