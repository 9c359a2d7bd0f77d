package dev.striate.cli;

import dev.striate.StriateException;
import dev.striate.task.Thresholds;
import dev.striate.vision.verify.Verifier;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "verify", description = "Says whether two pictures show the same: the same person, the same character.",
        footerHeading = "%nExamples%n", footer = {
                "  striate verify runs/embedding_small-faces-1 a.jpg b.jpg",
                "  striate verify faces.safetensors a.jpg b.jpg --accept 0.001     the stricter threshold",
                "",
                "The threshold is the one at which both errors were equal on the validation pictures, unless",
                "`evaluate --thresholds` chose it on others." })
final class VerifyCommand implements Runnable {
    @Mixin
    private ModelParameter model;

    @Parameters(index = "1", paramLabel = "A", description = "A picture.")
    private Path first;

    @Parameters(index = "2", paramLabel = "B", description = "Another.")
    private Path second;

    @Option(names = "--accept", paramLabel = "FAR",
            description = "The threshold that accepts at most so many pairs of others: 0.01 or 0.001.")
    private Optional<Double> accepted;

    @Mixin
    private FaceOptions faces;

    @Mixin
    private EngineOptions engine;

    @Mixin
    private Output output;

    /// The JSON: the two are taken for the same where the distance is at most the threshold.
    record Answer(boolean same, double distance, double threshold) {}

    @Override
    public void run() {
        try (var verifier = Verifier.open(model.file(), engine.running(model.file()))) {
            var threshold = threshold(verifier.thresholds());
            var distance = verifier.distance(verifier.embedding(faces.one(first)),
                    verifier.embedding(faces.one(second)));
            var answer = new Answer(distance <= threshold, distance, threshold);
            output.print(answer, () -> String.format(Locale.ROOT, "%s: distance %.3f, threshold %.3f",
                    answer.same() ? "the same" : "not the same", distance, threshold));
        }
    }

    private double threshold(Thresholds thresholds) {
        if (accepted.isEmpty()) return thresholds.distance();
        var known = accepted.get() == 0.01 ? thresholds.percent()
                : accepted.get() == 0.001 ? thresholds.permille()
                        : Optional.<Thresholds.Accepted>empty();
        return known.map(Thresholds.Accepted::distance).orElseThrow(() -> new StriateException(
                "A rate of 0.01 or 0.001 that the model's thresholds were measured for was expected; received "
                        + accepted.get() + " (more pictures in `evaluate --thresholds` show smaller rates)."));
    }
}
