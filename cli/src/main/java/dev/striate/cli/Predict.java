package dev.striate.cli;

import dev.striate.vision.classify.Classifier;
import dev.striate.vision.classify.Classifier.Prediction;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "predict", description = "Says what is in pictures.", footerHeading = "%nExamples%n", footer = {
        "  striate predict runs/resnet20-cifar10-1 dog.jpg",
        "  striate predict flowers.safetensors *.jpg --top 3 --json" })
final class Predict implements Runnable {
    @Parameters(index = "0", paramLabel = "MODEL", description = "A model's file (.safetensors) or a run's folder.")
    private Path model;

    @Parameters(index = "1..*", arity = "1..*", paramLabel = "PICTURE", description = "JPEG, PNG, PGM, PPM, BMP or WebP files.")
    private List<Path> pictures;

    @Option(names = "--top", paramLabel = "N", defaultValue = "5", description = "How many answers to give; 5 by default.")
    private int top;

    @Mixin
    private Runner runner;

    @Mixin
    private Output output;

    /// The JSON for a picture: the likeliest label, and the first few.
    record Answer(String picture, String label, double probability, List<Prediction> top) {}

    @Override
    public void run() {
        try (var classifier = runner.open(model)) {
            var answers = pictures.stream().map(picture -> answer(classifier, picture)).toList();
            output.print(answers, () -> answers.stream().map(Predict::text).collect(Collectors.joining("\n")));
        }
    }

    private Answer answer(Classifier classifier, Path picture) {
        var predictions = classifier.predict(picture, Math.max(1, top));
        var first = predictions.getFirst();
        return new Answer(picture.toString(), first.label(), first.probability(), predictions);
    }

    private static String text(Answer answer) {
        return answer.picture() + "\n" + answer.top().stream()
                .map(guess -> String.format(Locale.ROOT, "  %5.1f %%  %s%n", 100 * guess.probability(), guess.label()))
                .collect(Collectors.joining());
    }
}
