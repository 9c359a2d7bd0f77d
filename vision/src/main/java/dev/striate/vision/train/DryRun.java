package dev.striate.vision.train;

import dev.striate.StriateException;
import dev.striate.data.set.Splits;
import dev.striate.files.FileErrors;
import dev.striate.files.Folders;
import dev.striate.recipe.InputSizes;
import dev.striate.recipe.Regime;
import dev.striate.recipe.TrainingLength;
import dev.striate.torch.Device;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/// A rehearsal of a run: one batch goes the whole way (loaded, augmented, forward, backward, update, evaluation,
/// checkpoint, model and reports, in a folder that is removed again), and what it took says what the run would take.
///
/// @param epochs the run's length; the last one may be cut short by the number of `steps`
/// @param memoryBytes as [Memory] predicts them; `freeBytes` are those that the device has, where that is known
/// @param stepSeconds for a step with all its batches; `evaluationSeconds` for all validation pictures
/// @param checkpointBytes what a checkpoint takes on the disk, where two are kept
public record DryRun(int trainingPictures, int validationPictures, long steps, int epochs, int picturesPerStep,
        int batch, long memoryBytes, OptionalLong freeBytes, double stepSeconds, double evaluationSeconds,
        long checkpointBytes, long modelBytes) {
    /// The first time loads libraries and compiles, which tells nothing of a long run; a very long one is enough, though.
    private static final int TIMES = 3;
    private static final double LONG_SECONDS = 60;

    /// Rehearses; refuses whatever the run itself would refuse by then.
    public static DryRun of(Trainable task, Run run, Splits splits, Device device) {
        var pictures = run.pictures(splits);
        var validation = pictures.validation().orElse(pictures.test());
        Training.checkSize(run, pictures.train());
        task.check(pictures.train());
        task.check(validation);
        var folder = Folders.temporary("striate-dry-run");
        try {
            var last = rehearse(task, rehearsal(run), splits, folder, device).last();
            var pace = run.recipe().pace();
            var clock = pace.clock(pictures.train().size() / pace.picturesPerStep());
            var evaluated = Math.min(pace.batch(), validation.size());
            var evaluation = last.speed().seconds() - pace.batch() / last.speed().picturesPerSecond();
            return new DryRun(pictures.train().size(), validation.size(), clock.totalSteps(),
                    Math.toIntExact(Math.ceilDiv(clock.totalSteps(), clock.stepsPerEpoch())), pace.picturesPerStep(),
                    pace.batch(), Memory.needed(run, pace.batch()), Memory.available(device),
                    pace.picturesPerStep() / last.speed().picturesPerSecond(),
                    evaluation / evaluated * validation.size(),
                    Files.size(Checkpoint.file(folder)), Files.size(folder.resolve(Run.MODEL)));
        } catch (IOException e) {
            throw new StriateException(
                    "The rehearsal in " + folder + " failed: " + FileErrors.whyNotRead(folder, e) + ".", e);
        } finally {
            Folders.remove(folder);
        }
    }

    /// The same run with epochs of one batch each, all of the largest size, which shows the most that it may take.
    private static Run rehearsal(Run run) {
        var pace = atMost(run.recipe().pace());
        return run.withLimit(pace.batch()).withLimits(Limits.NONE.withBadPictures(run.limits().badPictures()))
                .withRecipe(run.recipe().withPace(pace.withAccumulation(1).withLength(TrainingLength.epochs(TIMES))));
    }

    private static Regime atMost(Regime pace) {
        return pace.sizes() instanceof InputSizes.Random(_, var largest, var step, var every)
                ? pace.withSizes(new InputSizes.Random(largest, largest, step, every))
                : pace;
    }

    private static Outcome rehearse(Trainable task, Run run, Splits splits, Path folder, Device device) {
        var impatient = new Impatient();
        impatient.training = new Training(task, run, splits, folder, device, impatient);
        return impatient.training.run();
    }

    /// Ends the rehearsal once an epoch has taken long.
    private static final class Impatient implements Event.Listener {
        private Training training;

        @Override
        public void on(Event event) {
            if (event instanceof Event.EpochEnded ended && ended.epoch().speed().seconds() > LONG_SECONDS)
                training.stop();
        }
    }

    /// How long the run would take, from its first step to its last evaluation.
    public double seconds() {
        return steps * stepSeconds + epochs * evaluationSeconds;
    }
}
