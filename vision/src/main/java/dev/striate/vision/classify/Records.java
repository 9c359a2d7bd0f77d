package dev.striate.vision.classify;

import dev.striate.data.batch.Batch;
import dev.striate.data.picture.Pictures;
import dev.striate.data.set.DataSet;
import dev.striate.target.Target;
import dev.striate.vision.report.ConfusionMatrix;
import dev.striate.vision.report.Curves;
import dev.striate.vision.report.Curves.Panel;
import dev.striate.vision.report.Curves.Series;
import dev.striate.vision.report.EventFile;
import dev.striate.vision.report.Mosaic;
import dev.striate.vision.report.Seen;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/// What a run writes down for people: `metrics.csv`, TensorBoard's events, and pictures.
final class Records implements AutoCloseable {
    /// Drawing takes up to a second, as much as an epoch of a small run.
    private static final long DRAWING_NANOS = 30_000_000_000L;
    private static final int COLUMNS = 8;
    private static final int FIRST_PICTURES = 32;

    private final Run run;
    private final Path folder;
    private final EventFile events;
    private final List<Mosaic.Tile> first = new ArrayList<>();
    private Runnable curves = () -> {};
    private Runnable mistakes = () -> {};
    private long lastDrawn = System.nanoTime();

    Records(Run run, Path folder) {
        this.run = run;
        this.folder = folder;
        events = EventFile.in(folder);
    }

    void step(Event.Stepped stepped, double rate) {
        events.scalars(stepped.step(), Map.of("training/loss", stepped.loss(), "training/accuracy", stepped.accuracy(),
                "rate", rate, "images_per_second", stepped.imagesPerSecond()));
    }

    /// A mosaic of what training sees first.
    void firstBatch(Batch batch) {
        if (first.size() >= FIRST_PICTURES) return;
        for (var i = 0; i < batch.size() && first.size() < FIRST_PICTURES; i++) {
            first.add(new Mosaic.Tile(Seen.of(batch.pixels(), i, run.preprocessing()),
                    List.of(run.labels().get(((Target.Label) batch.targets().get(i)).index()))));
        }
        Pictures.write(Mosaic.draw("the first training pictures, as augmented", COLUMNS, first),
                folder.resolve("first-batches.png"));
    }

    void epoch(List<Metrics> history) {
        var last = history.getLast();
        events.scalars(last.step(), Map.of("validation/loss", last.loss(), "validation/accuracy", last.accuracy(),
                "epoch/training_loss", last.trainLoss(), "epoch/training_accuracy", last.trainAccuracy()));
        var text = new StringBuilder(Metrics.header()).append('\n');
        history.forEach(metrics -> text.append(metrics.row()).append('\n'));
        TextFile.write(folder.resolve("metrics.csv"), text.toString());
        var drawn = List.copyOf(history);
        curves = () -> drawCurves(drawn);
        if (System.nanoTime() - lastDrawn > DRAWING_NANOS) draw();
    }

    private void draw() {
        curves.run();
        mistakes.run();
        curves = () -> {};
        mistakes = () -> {};
        lastDrawn = System.nanoTime();
    }

    private void drawCurves(List<Metrics> history) {
        var loss = Panel.of("loss", "epoch", series("training", history, Metrics::trainLoss),
                series("validation", history, Metrics::loss));
        var accuracy = Panel.of("accuracy", "epoch", series("training", history, Metrics::trainAccuracy),
                series("validation", history, Metrics::accuracy));
        var rate = Panel.of("learning rate", "epoch", series("rate", history, Metrics::rate));
        Pictures.write(Curves.draw(List.of(loss, accuracy, rate.withLogarithmicY())), folder.resolve("curves.png"));
    }

    private static Series series(String name, List<Metrics> history, ToDoubleFunction<Metrics> value) {
        return new Series(name, history.stream().mapToDouble(Metrics::epoch).toArray(),
                history.stream().mapToDouble(value).toArray());
    }

    /// The confusions and the worst mistakes of the best model so far.
    void best(Evaluation evaluation, DataSet validation) {
        mistakes = () -> drawMistakes(evaluation, validation);
    }

    private void drawMistakes(Evaluation evaluation, DataSet validation) {
        Pictures.write(ConfusionMatrix.draw(evaluation.labels(), evaluation.confusion()),
                folder.resolve("confusion.png"));
        var tiles = evaluation.mistakes().stream().map(mistake -> new Mosaic.Tile(
                validation.picture(mistake.index()),
                List.of("is " + run.labels().get(mistake.truth()), String.format(Locale.ROOT, "%s %.1f %%",
                        run.labels().get(mistake.guess()), 100 * mistake.probability()))))
                .toList();
        Pictures.write(
                Mosaic.draw(tiles.isEmpty() ? "no mistakes" : "the worst mistakes: truth, guess, its probability",
                        COLUMNS, tiles),
                folder.resolve("mistakes.png"));
    }

    @Override
    public void close() {
        draw();
        events.close();
    }
}
