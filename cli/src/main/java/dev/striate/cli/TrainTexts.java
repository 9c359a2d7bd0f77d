package dev.striate.cli;

import dev.striate.data.set.Splits;
import dev.striate.recipe.Recipes;
import dev.striate.text.Amounts;
import dev.striate.vision.classify.DryRun;
import dev.striate.vision.classify.Metrics;
import dev.striate.vision.classify.Outcome;
import dev.striate.vision.classify.Run;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/// What `striate train` says of runs, rehearsals and outcomes.
final class TrainTexts {
    private TrainTexts() {}

    /// The JSON of a training that ended; before the first epoch has, nothing is measured and there is no model.
    record Result(Optional<Double> accuracy, Optional<Double> loss, Optional<Double> imagesPerSecond,
            Optional<Double> bestAccuracy, int epochs, long steps, Optional<String> model, String run,
            Outcome.Ending ending, boolean complete) {
        static Result of(Outcome outcome, Path folder) {
            var last = outcome.isMeasured() ? Optional.of(outcome.last()) : Optional.<Metrics>empty();
            return new Result(last.map(Metrics::accuracy), last.map(Metrics::loss), last.map(Metrics::imagesPerSecond),
                    last.map(_ -> outcome.bestAccuracy()), outcome.epochs(), outcome.steps(),
                    last.map(_ -> outcome.model().toString()), folder.toString(), outcome.ending(),
                    outcome.complete());
        }
    }

    /// The JSON of a rehearsal: what the run would take, `seconds` in all.
    record Rehearsed(String network, String data, DryRun rehearsal, double seconds) {
        static Rehearsed of(Run run, DryRun rehearsal) {
            return new Rehearsed(run.network().name(), run.data(), rehearsal, rehearsal.seconds());
        }
    }

    static String of(Run run, Splits splits) {
        var pictures = run.pictures(splits);
        var transfer = run.transfer().describe(run.network());
        return String.format(Locale.ROOT, "%s on %s: %,d training pictures of %d classes, %,d for validation%n",
                run.network().name(), splits.name(), pictures.train().size(), run.labels().size(),
                pictures.validation().orElse(pictures.test()).size())
                + (transfer.isEmpty() ? "" : transfer + "\n")
                + Recipes.describe(run.recipe()).indent(2).stripTrailing();
    }

    static String of(DryRun rehearsed) {
        var memory = Amounts.gigabytes(rehearsed.memoryBytes()) + " predicted"
                + (rehearsed.freeBytes().isPresent()
                        ? ", " + Amounts.gigabytes(rehearsed.freeBytes().getAsLong()) + " free"
                        : "");
        return String.format(Locale.ROOT,
                """
                        One batch of %,d went the whole way: loaded, augmented, forward, backward, update, evaluation, checkpoint.
                        steps   %,d of %,d pictures, in %s of %,d
                        time    about %s: %s a step, %s an evaluation of %,d pictures
                        memory  %s
                        disk    two checkpoints of %.1f MB, the model of %.1f MB
                        Nothing was left behind.""",
                rehearsed.batch(), rehearsed.steps(), rehearsed.picturesPerStep(),
                rehearsed.epochs() == 1 ? "1 epoch" : String.format(Locale.ROOT, "%,d epochs", rehearsed.epochs()),
                rehearsed.trainingPictures(), Progress.time(rehearsed.seconds()), shortTime(rehearsed.stepSeconds()),
                shortTime(rehearsed.evaluationSeconds()), rehearsed.validationPictures(), memory,
                rehearsed.checkpointBytes() / 1e6, rehearsed.modelBytes() / 1e6);
    }

    private static String shortTime(double seconds) {
        return seconds < 10 ? String.format(Locale.ROOT, "%.2g s", seconds) : Progress.time(seconds);
    }

    static String of(Outcome outcome, Path folder) {
        var measured = !outcome.isMeasured() ? ""
                : String.format(Locale.ROOT,
                        "accuracy %.4f (best %.4f)  loss %.4f  %.0f images/s%nmodel %s", outcome.accuracy(),
                        outcome.bestAccuracy(), outcome.loss(), outcome.imagesPerSecond(), outcome.model());
        var goesOn = " `striate train --resume " + folder + "` goes on.";
        var unmeasured = outcome.isMeasured() ? "" : " No epoch has ended: there is no accuracy yet, and no model.";
        return switch (outcome.ending()) {
            case FINISHED -> measured;
            case PATIENCE -> "Ended after " + outcome.epochs() + " epochs: the accuracy no longer rose.\n" + measured;
            case TIME ->
                "The time is used up after step " + outcome.steps() + "." + unmeasured + goesOn + "\n" + measured;
            case STOPPED -> "Stopped after step " + outcome.steps() + "." + unmeasured + goesOn + "\n" + measured;
        };
    }
}
