package dev.striate.cli;

import dev.striate.StriateException;
import dev.striate.vision.train.Run;
import dev.striate.weights.ModelFile;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/// The options that say which weights a training starts from, and what becomes of them.
final class TransferOptions {
    @Option(names = "--from", paramLabel = "MODEL",
            description = "Start from the weights in a file (.safetensors, .pth) or run, wherever name and shape match; "
                    + "without --model, use its network as well.")
    private Optional<Path> from;

    @Option(names = "--freeze", paramLabel = "REGEX", defaultValue = "",
            description = "Freeze the parameters whose whole names match, as in 'layer[12].*'.")
    private String frozen;

    @Option(names = "--pretrained-rate", paramLabel = "F",
            description = "Share of the learning rate, above 0 and up to 1, for pretrained weights, those of --from.")
    private Optional<Double> pretrainedRate;

    /// An earlier name.
    @Option(names = "--old-rate", hidden = true)
    private Optional<Double> oldRate;

    Optional<Path> from() {
        return from.map(Run::model);
    }

    /// The run with its start, on the model's preprocessing where it has one for the same input.
    ///
    /// @param otherwise the weights to start from where the options name none
    Run of(Run run, Optional<Path> otherwise) {
        var share = pretrainedRate.or(() -> oldRate);
        var start = from.or(() -> otherwise);
        if (start.isEmpty()) {
            if (share.isPresent()) {
                throw new StriateException("--pretrained-rate is for weights that --from names; received no --from.");
            }
            return run.withFrozen(frozen);
        }
        var file = Run.model(start.get());
        var prepared = ModelFile.isOne(file) ? run.withPreprocessingOf(ModelFile.read(file)) : run;
        return prepared.withStart(file).withFrozen(frozen).withOldRate(share.orElse(1.0));
    }
}
