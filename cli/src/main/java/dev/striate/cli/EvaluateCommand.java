package dev.striate.cli;

import dev.striate.StriateException;
import dev.striate.data.set.DataSet;
import dev.striate.data.set.DataSets;
import dev.striate.data.set.OneShotRuns;
import dev.striate.data.set.Part;
import dev.striate.data.set.Splits;
import dev.striate.recipe.Views;
import dev.striate.task.Task;
import dev.striate.text.TextTable;
import dev.striate.vision.classify.Classifier;
import dev.striate.vision.classify.Evaluation;
import dev.striate.vision.detect.Detector;
import dev.striate.vision.localise.Localiser;
import dev.striate.vision.segment.Segmenter;
import dev.striate.vision.train.Run;
import dev.striate.vision.verify.Verifier;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "evaluate", description = "Measures a model on labelled pictures.", footerHeading = "%nExamples%n",
        footer = {
                "  striate evaluate runs/resnet20-cifar10-1",
                "  striate evaluate flowers.safetensors --data flowers/ --part validation --json",
                "  striate evaluate flowers-int8.safetensors --data flowers/      a model that `quantise` wrote",
                "",
                "Classes are matched by name. The rows of the confusion table are the true classes." })
final class EvaluateCommand implements Runnable {
    @Mixin
    private ModelParameter model;

    @Option(names = "--data", paramLabel = "DATA",
            description = "A data set's folder, .zip or name; otherwise the run's own.")
    private Optional<String> data;

    @Option(names = "--part", paramLabel = "PART", defaultValue = "test",
            description = "train, validation or test (the default).")
    private Part part;

    @Option(names = "--limit", paramLabel = "N", description = "Only the first N pictures.")
    private Optional<Integer> limit;

    @Option(names = "--views", paramLabel = "V", defaultValue = "centre",
            description = "Views averaged for each picture: centre (the default), flip, ten (crops), recipe (its paper's).")
    private Seen views;

    @Option(names = "--pyramid", paramLabel = "SCALES", split = ",",
            description = "Show a detector with regions each picture at several scales of its usual size, as in 0.75,1,1.5.")
    private List<Double> scales = List.of();

    @Option(names = "--one-shot", paramLabel = "RUNS",
            description = "Omniglot's one-shot runs, a folder or .zip, instead of all pairs of pictures.")
    private Optional<Path> oneShot;

    @Option(names = "--thresholds", paramLabel = "F",
            description = "Write the model with the thresholds that these pictures give, for `verify` and `enrol`.")
    private Optional<Path> thresholds;

    @Mixin
    private EngineOptions engine;

    @Mixin
    private Output output;

    /// What `--views` names.
    enum Seen {
        CENTRE, FLIP, TEN, RECIPE;

        Views of(Classifier classifier) {
            return switch (this) {
                case CENTRE -> new Views.One();
                case FLIP -> new Views.Flip();
                case TEN -> classifier.tenCrops();
                case RECIPE -> classifier.recipeViews();
            };
        }
    }

    @Override
    public void run() {
        var task = model.read().task();
        if (views != Seen.CENTRE && !(task instanceof Task.Classification)) {
            throw new StriateException("--views are for models that classify; received one for "
                    + task.words() + ".");
        }
        if (!scales.isEmpty() && !(task instanceof Task.Detection)) {
            throw new StriateException("--pyramid is for detectors with regions; received a model for " + task.words()
                    + ".");
        }
        if (!(task instanceof Task.Verification) && (oneShot.isPresent() || thresholds.isPresent())) {
            throw new StriateException(
                    "--one-shot and --thresholds are for models for verification; received a model for "
                            + task.words() + ".");
        }
        switch (task) {
            case Task.Classification _ -> classify(pictures());
            case Task.Segmentation _ -> {
                try (var segmenter = Segmenter.open(model.file(), engine.running(model.file()))) {
                    print(EvaluationTexts.of(segmenter.evaluate(pictures())));
                }
            }
            case Task.Detection _ -> {
                try (var detector = Detector.open(model.file(), engine.running(model.file()))) {
                    print(EvaluationTexts.of(scales.isEmpty() ? detector.evaluate(pictures())
                            : detector.evaluate(pictures(), scales)));
                }
            }
            case Task.Verification _ -> verify();
            case Task.Localisation _ -> {
                try (var localiser = Localiser.open(model.file(), engine.running(model.file()))) {
                    print(EvaluationTexts.of(localiser.evaluate(pictures())));
                }
            }
        }
    }

    private void classify(DataSet pictures) {
        try (var classifier = Classifier.open(model.file(), engine.running(model.file()))) {
            var evaluation = classifier.evaluate(pictures, views.of(classifier));
            output.print(evaluation, () -> text(evaluation));
        }
    }

    private void verify() {
        try (var verifier = Verifier.open(model.file(), engine.running(model.file()))) {
            if (oneShot.isPresent()) {
                var runs = verifier.oneShot(OneShotRuns.read(oneShot.get()));
                output.print(runs, () -> EvaluationTexts.text(runs));
                return;
            }
            var measured = verifier.evaluate(pictures());
            thresholds.ifPresent(verifier.with(measured.thresholds())::write);
            print(EvaluationTexts.of(measured));
        }
    }

    private void print(EvaluationTexts.Evaluated evaluated) {
        output.print(evaluated, () -> EvaluationTexts.text(evaluated));
    }

    private DataSet pictures() {
        var pictures = data.map(DataSets::open).orElseGet(() -> ofItsRun(model.place())).part(part);
        return limit.map(pictures::limit).orElse(pictures);
    }

    /// The set that a model was trained on, without what its training left out for its labels.
    private static Splits ofItsRun(Path model) {
        var run = Run.read(model);
        return run.withLimit(0).pictures(DataSets.open(run.data(), run.limits().badLabels()));
    }

    private static String text(Evaluation evaluation) {
        var text = String.format(Locale.ROOT, "accuracy %.4f  top five %.4f  loss %.4f  %,d pictures, %.0f pictures/s",
                evaluation.accuracy(), evaluation.topFive(), evaluation.loss(), evaluation.pictures(),
                evaluation.picturesPerSecond());
        for (var depth = 0; depth < evaluation.accuracyByDepth().size(); depth++) {
            text += String.format(Locale.ROOT, "\naccuracy at depth %d: %.4f", depth,
                    evaluation.accuracyByDepth().get(depth));
        }
        return evaluation.labels().size() > 20 ? text : text + "\n\n" + confusion(evaluation);
    }

    private static TextTable confusion(Evaluation evaluation) {
        var classes = evaluation.labels().size();
        var headings = new String[classes + 1];
        headings[0] = "truth \\ taken for";
        for (var k = 0; k < classes; k++) headings[k + 1] = evaluation.labels().get(k);
        var table = new TextTable(headings);
        for (var truth = 0; truth < classes; truth++) {
            var cells = new Object[classes + 1];
            cells[0] = evaluation.labels().get(truth);
            for (var k = 0; k < classes; k++) cells[k + 1] = (long) evaluation.confusion()[truth][k];
            table.row(cells);
        }
        return table;
    }
}
