package dev.striate.cli;

import dev.striate.data.set.DataSet;
import dev.striate.data.set.DataSets;
import dev.striate.data.set.Part;
import dev.striate.data.set.Splits;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/// The options of a command that writes a changed model and says what the change costs.
final class ChangedModel {
    @Option(names = "--data", paramLabel = "DATA",
            description = "A data set's folder, .zip or name; otherwise the run's own.")
    private Optional<String> data;

    @Option(names = "--out", required = true, paramLabel = "MODEL",
            description = "The model's file to write (.safetensors).")
    private Path out;

    @Option(names = "--limit", paramLabel = "N", description = "Measure only on the first N test pictures.")
    private Optional<Integer> limit;

    Path out() {
        return out;
    }

    /// The set that was named, or the model's own.
    Splits pictures(ModelParameter model) {
        return DataSets.open(data.orElseGet(model::data));
    }

    /// The pictures to measure on.
    DataSet test(Splits pictures) {
        var test = pictures.part(Part.TEST);
        return limit.map(test::limit).orElse(test);
    }
}
