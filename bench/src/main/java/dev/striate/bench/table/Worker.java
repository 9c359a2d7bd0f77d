package dev.striate.bench.table;

import dev.striate.json.Json;
import java.util.List;
import java.util.stream.IntStream;

/// The process of one contender's turn: runs a [WorkItem] and prints its [Measurement] as the last line.
public final class Worker {
    private static final int COMPARED = 8;

    private Worker() {}

    public static void main(String[] arguments) {
        var task = WorkItem.parse(arguments);
        try (var runner = Runner.open(task)) {
            var outputs = runner.run();
            var first = (System.currentTimeMillis() - task.startMillis()) / 1e3;
            var timing = Timing.of(runner::run, task.seconds());
            var measurement = new Measurement(task.batch() / timing.median(), timing.spread(), timing.seconds().size(),
                    Machine.peakBytes(), first, runner.version(), some(outputs));
            System.out.println(Json.write(measurement, Measurement.class));
        }
        // Some native libraries keep threads that would hold the process.
        System.exit(0);
    }

    /// The first of the first output; a training step has none.
    private static List<Double> some(List<float[]> outputs) {
        return outputs.stream().limit(1).flatMap(main -> IntStream.range(0, Math.min(COMPARED, main.length))
                .mapToObj(i -> (double) main[i])).toList();
    }
}
