package dev.striate.cli;

import dev.striate.data.set.Splits;
import dev.striate.measure.Figures;
import dev.striate.recipe.Recipes;
import dev.striate.text.Amounts;
import dev.striate.vision.train.DryRun;
import dev.striate.vision.train.Outcome;
import dev.striate.vision.train.Run;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// What `striate train` says of runs, rehearsals and outcomes.
final class TrainTexts {
    private TrainTexts() {}

    /// The JSON of a training that ended: the last epoch's figures by name, the best of the deciding one, and more; before
    /// the first epoch has ended, nothing is measured and there is no model.
    static Map<String, Object> result(Outcome outcome, Path folder) {
        var result = new LinkedHashMap<String, Object>();
        if (outcome.isMeasured()) {
            var figures = outcome.last().validation();
            result.putAll(figures.values());
            result.put("picturesPerSecond", outcome.picturesPerSecond());
            var deciding = figures.deciding();
            result.put("best" + deciding.substring(0, 1).toUpperCase(Locale.ROOT) + deciding.substring(1),
                    outcome.best().validation().get(deciding));
        }
        result.put("model", outcome.isMeasured() ? Optional.of(outcome.model().toString()) : Optional.empty());
        result.put("epochs", outcome.epochs());
        result.put("steps", outcome.steps());
        result.put("run", folder.toString());
        result.put("ending", outcome.ending());
        result.put("complete", outcome.complete());
        return result;
    }

    /// Figures by name, to four digits.
    static String figures(Map<String, Double> figures, String separator) {
        return figures.entrySet().stream()
                .map(each -> String.format(Locale.ROOT, "%s %.4f", Figures.words(each.getKey()), each.getValue()))
                .collect(Collectors.joining(separator));
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
        var measured = outcome.isMeasured() ? measured(outcome) : "";
        var goesOn = " `striate train --resume " + folder + "` goes on.";
        var unmeasured = outcome.isMeasured() ? ""
                : " No epoch has ended: nothing is measured yet, and there is no model.";
        return switch (outcome.ending()) {
            case FINISHED -> measured;
            case PATIENCE -> "Ended after " + outcome.epochs() + " epochs: the "
                    + Figures.words(outcome.last().validation().deciding()) + " was no longer better.\n" + measured;
            case TIME ->
                "The time is used up after step " + outcome.steps() + "." + unmeasured + goesOn + "\n" + measured;
            case STOPPED -> "Stopped after step " + outcome.steps() + "." + unmeasured + goesOn + "\n" + measured;
        };
    }

    /// The deciding figure and its best first, then the others.
    private static String measured(Outcome outcome) {
        var figures = outcome.last().validation();
        var others = new LinkedHashMap<>(figures.values());
        others.remove(figures.deciding());
        return String.format(Locale.ROOT, "%s %.4f (best %.4f)  %s  %.0f pictures/s%nmodel %s",
                Figures.words(figures.deciding()), figures.get(figures.deciding()),
                outcome.best().validation().get(figures.deciding()), figures(others, "  "), outcome.picturesPerSecond(),
                outcome.model());
    }
}
