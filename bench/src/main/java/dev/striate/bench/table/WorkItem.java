package dev.striate.bench.table;

import dev.striate.cli.Contender;
import java.nio.file.Path;
import java.util.List;

/// What one process does, and its command line.
///
/// @param model the network and its weights; beside it lie the pictures, the ONNX file and the int8 settings
/// @param startMillis when the process was started, since 1970: what the time to the first result counts from
record WorkItem(Contender contender, boolean training, Path model, int batch, int threads, double seconds,
        long startMillis) {

    static WorkItem parse(String[] arguments) {
        return new WorkItem(Contender.named(arguments[0]), Boolean.parseBoolean(arguments[1]), Path.of(arguments[2]),
                Integer.parseInt(arguments[3]), Integer.parseInt(arguments[4]), Double.parseDouble(arguments[5]),
                Long.parseLong(arguments[6]));
    }

    List<String> arguments() {
        return List.of(contender.key(), Boolean.toString(training), model.toString(), Integer.toString(batch),
                Integer.toString(threads), Double.toString(seconds), Long.toString(startMillis));
    }

    /// N×H×W×C float32, the same for every contender.
    Path pixels() {
        return Prepared.pixels(model, batch);
    }
}
