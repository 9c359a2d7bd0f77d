package dev.striate.vision.train;

import dev.striate.StriateException;
import dev.striate.data.batch.Batch;
import dev.striate.data.batch.Loader;
import dev.striate.data.batch.Loading;
import dev.striate.data.batch.Preparation;
import dev.striate.data.set.DataSet;
import dev.striate.json.Json;
import dev.striate.recipe.Averaging;
import dev.striate.recipe.Clock;
import dev.striate.recipe.Recipe;
import dev.striate.recipe.Schedules;
import dev.striate.region.RegionDetector;
import dev.striate.task.Task;
import dev.striate.torch.Model;
import dev.striate.torch.Trainer;
import dev.striate.vision.Inference;
import dev.striate.vision.train.Outcome.Ending;
import dev.striate.weights.ModelFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/// The training loop: a run from where it stood to its end, or to where it is stopped.
final class TrainingLoop {
    private static final String RAW = "model-raw.safetensors";
    private static final long REPORT_NANOS = 200_000_000;
    private static final int LOOKED_AT = 16;

    private final Trainable task;
    private final Run run;
    private final Recipe recipe;
    private final Preparation preparation;
    private final DataSet train;
    private final DataSet validation;
    private final Path folder;
    private final Event.Listener listener;
    private final BooleanSupplier stopped;
    private final Model model;
    private final Trainer trainer;
    private final int batchesPerEpoch;
    private final Clock clock;
    private final int epochs;
    private final List<Epoch> history = new ArrayList<>();
    private final RunningMeans means = new RunningMeans();
    private final Selection selection = new Selection();
    private final Health health = new Health();
    private final RunLog log;
    private boolean improved;
    private long lastReport;
    private final long started = System.nanoTime();
    private long lastSave = started;

    TrainingLoop(Trainable task, Run run, DataSet train, DataSet validation, Path folder, Event.Listener listener,
            BooleanSupplier stopped, Model model, Trainer trainer, RunLog log) {
        this.task = task;
        this.run = run;
        this.recipe = run.recipe();
        this.preparation = new Preparation(run.preprocessing());
        this.train = train;
        this.validation = validation;
        this.folder = folder;
        this.listener = listener;
        this.stopped = stopped;
        this.model = model;
        this.trainer = trainer;
        this.log = log;
        // Batches that would not fill a step are left out of their epoch: a step's gradients never span two epochs.
        var stepsPerEpoch = train.size() / recipe.pace().batch() / recipe.pace().accumulation();
        batchesPerEpoch = stepsPerEpoch * recipe.pace().accumulation();
        clock = recipe.pace().clock(stepsPerEpoch);
        epochs = Math.toIntExact(Math.ceilDiv(clock.totalSteps(), clock.stepsPerEpoch()));
    }

    Outcome run() {
        var checkpoint = Checkpoint.latest(folder, warning -> listener.on(new Event.Warned(warning)));
        var place = checkpoint.map(this::resume).orElse(Checkpoint.Place.START);
        // From here on the run needs nothing but its own folder.
        if (checkpoint.isEmpty() && run.transfer().isFromElsewhere()) save(0, 0);
        listener.on(new Event.Started(folder, place.step(), clock.totalSteps()));
        var loading = Loading.training(recipe.pace().batch(), recipe.start().seed())
                .withSampling(recipe.objective().sampling()).withEpochs(epochs)
                .startingAt(place.epoch(), place.batch());
        if (place.epoch() < epochs && !isPatienceSpent()) {
            var sized = new SizedBatches(run, batchesPerEpoch / recipe.pace().accumulation());
            try (var loader = Loader.of(train, sized, loading)) {
                train(loader, place.epoch(), place.batch());
            }
        }
        var outcome = outcome();
        listener.on(new Event.Ended(outcome));
        return outcome;
    }

    private Checkpoint.Place resume(Checkpoint checkpoint) {
        var place = checkpoint.place();
        model.load(checkpoint.parameters());
        trainer.resume(checkpoint.optimizer(), place.step());
        selection.resume(place);
        history.addAll(place.history());
        means.resume(place);
        return place;
    }

    private void train(Loader loader, int firstEpoch, int firstBatch) {
        for (var epoch = firstEpoch; epoch < epochs && mayGoOn(); epoch++) {
            var waitedBefore = loader.waitedNanos();
            var from = epoch == firstEpoch ? firstBatch : 0;
            if (!trainEpoch(loader, epoch, from)) return;
            var leftOver = loader.batchesPerEpoch() - batchesPerEpoch;
            for (var i = 0; i < leftOver && loader.hasNext(); i++) next(loader).close();
            endEpoch(epoch, (loader.waitedNanos() - waitedBefore) / 1e9);
        }
    }

    /// Whether the epoch came to its end, and was not stopped on its way.
    private boolean trainEpoch(Loader loader, int epoch, int from) {
        for (var batch = from; batch < batchesPerEpoch && trainer.steps() < clock.totalSteps(); batch++) {
            try (var pictures = next(loader)) {
                if (trainer.steps() == 0) log.firstBatch(pictures);
                trainer.step(pictures.pixels(), pictures.shape().size(), pictures.targets(), rate());
            }
            report(epoch);
            // A checkpoint holds no half-gathered gradients.
            if (!trainer.isBetweenSteps()) continue;
            if (isToStop()) {
                save(epoch, batch + 1);
                return false;
            }
            if (System.nanoTime() - lastSave >= run.limits().checkpointSeconds() * 1e9) save(epoch, batch + 1);
        }
        return true;
    }

    private static Batch next(Loader loader) {
        try {
            return loader.next();
        } catch (Error e) {
            throw new StriateException("A thread that prepares pictures failed: " + e
                    + "; the last checkpoint is kept, and the run can go on from it.", e);
        }
    }

    private double rate() {
        return Schedules.rate(recipe, clock, trainer.steps(), selection.plateau());
    }

    /// Whether to begin with the next epoch; a first one is always begun.
    private boolean mayGoOn() {
        return !isPatienceSpent() && (history.isEmpty() || !isToStop());
    }

    private boolean isToStop() {
        return stopped.getAsBoolean() || isTimeSpent();
    }

    private boolean isPatienceSpent() {
        return selection.isPatienceSpent(run.limits().patience());
    }

    private boolean isTimeSpent() {
        var budget = run.limits().seconds();
        return budget > 0 && (System.nanoTime() - started) / 1e9 >= budget;
    }

    private Ending ending() {
        if (history.size() >= epochs) return Ending.FINISHED;
        if (isPatienceSpent()) return Ending.PATIENCE;
        return stopped.getAsBoolean() ? Ending.STOPPED : Ending.TIME;
    }

    private void report(int epoch) {
        if (System.nanoTime() - lastReport < REPORT_NANOS) return;
        lastReport = System.nanoTime();
        means.collect(trainer);
        var left = (clock.totalSteps() - trainer.steps()) * (double) recipe.pace().picturesPerStep()
                / means.picturesPerSecond();
        var stepped = new Event.Stepped(epoch, trainer.steps(), clock.totalSteps(), means.means(),
                means.picturesPerSecond(), left);
        log.step(stepped, rate());
        listener.on(stepped);
        if (epoch == 0) health.inFirstEpoch(stepped.means().firstEntry().getValue(), stepped.step(), rate())
                .ifPresent(this::warn);
    }

    private void endEpoch(int epoch, double waitedSeconds) {
        means.collect(trainer);
        var trained = means.seconds();
        var speed = means.picturesPerSecond();
        var rate = rate();
        trainer.checkFinite();
        trainer.withAverage(() -> {
            var measured = task.measure(run.network(), Inference.of(model), preparation, validation);
            var ended = new Epoch(epoch + 1, trainer.steps(), rate, means.means(), measured.figures(),
                    new Epoch.Speed(speed, waitedSeconds / trained, means.seconds()));
            history.add(ended);
            judge(ended, measured);
        });
        if (improved && isAveraged()) file(run.task()).write(folder.resolve(RAW));
        log.epoch(history);
        health.ofEpoch(means.means().firstEntry().getValue(), rate).ifPresent(this::warn);
        health.ofSpread(means.means()).ifPresent(this::warn);
        lookForSilence();
        means.startEpoch();
        save(epoch + 1, 0);
    }

    private void warn(String message) {
        listener.on(new Event.Warned(message));
    }

    /// Looks at which channels answer to a few pictures of validation.
    private void lookForSilence() {
        if (RegionDetector.isIn(run.network())) return;
        var few = Math.min(LOOKED_AT, validation.size());
        try (var loader = Loader.of(validation.limit(few), preparation, Loading.evaluation(few));
                var batch = loader.next()) {
            health.ofSilence(model.silentChannels(batch.pixels(), batch.size()), few).ifPresent(this::warn);
        }
    }

    private void judge(Epoch epoch, Measured measured) {
        improved = selection.add(epoch.validation(), recipe.pace().schedule());
        if (improved) {
            file(measured.chosen(run.task())).write(best());
            log.best(measured);
        }
        listener.on(new Event.EpochEnded(epoch, improved));
    }

    /// Then the best model's file holds the average, and the raw weights lie beside it.
    private boolean isAveraged() {
        return !(recipe.descent().averaging() instanceof Averaging.Unaveraged);
    }

    private Path best() {
        return folder.resolve(Run.MODEL);
    }

    private ModelFile file(Task said) {
        return new ModelFile(run.network(), run.preprocessing(), said,
                Optional.of(Json.write(recipe, Recipe.class)), new LinkedHashMap<>(model.tensors()));
    }

    private void save(int epoch, int batch) {
        means.collect(trainer);
        trainer.checkFinite();
        var place = new Checkpoint.Place(epoch, batch, trainer.steps(), means.pictures(), means.sums(),
                means.seconds(), selection.plateau(), selection.bestScore(), selection.epochsSinceBest(), history);
        var file = new Checkpoint(place, new LinkedHashMap<>(model.tensors()), new LinkedHashMap<>(trainer.state()))
                .write(folder);
        lastSave = System.nanoTime();
        listener.on(new Event.Saved(file));
    }

    private Outcome outcome() {
        return new Outcome(history, trainer.steps(), best(), ending());
    }
}
