package dev.striate.cli;

import dev.striate.StriateException;
import dev.striate.vision.train.Run;
import dev.striate.weights.ModelFile;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/// The options that say which weights a training begins with, and what becomes of them.
final class Beginning {
    @Option(names = "--from", paramLabel = "MODEL",
            description = "Begin with the weights of a model's file (.safetensors, .pth) or run, where names and shapes fit; without --model, with its network, too.")
    private Optional<Path> from;

    @Option(names = "--freeze", paramLabel = "REGEX", defaultValue = "",
            description = "Parameters that keep their values, by their whole names, as in 'layer[12].*'.")
    private String frozen;

    @Option(names = "--old-rate", paramLabel = "F",
            description = "The share of the learning rate, above 0 and up to 1, for what comes from --from.")
    private Optional<Double> oldRate;

    Optional<Path> from() {
        return from.map(Run::model);
    }

    /// The run with its start, on the model's preprocessing where it has one for the same input.
    Run of(Run run) {
        if (from.isEmpty()) {
            if (oldRate.isPresent()) {
                throw new StriateException("--old-rate is for weights that --from names; received no --from.");
            }
            return run.withFrozen(frozen);
        }
        var file = Run.model(from.get());
        var prepared = ModelFile.isOne(file) ? run.withPreprocessingOf(ModelFile.read(file)) : run;
        return prepared.withStart(file).withFrozen(frozen).withOldRate(oldRate.orElse(1.0));
    }
}
