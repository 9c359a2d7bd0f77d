package dev.striate.vision.train;

import dev.striate.data.batch.Batch;
import dev.striate.data.picture.Pictures;
import dev.striate.measure.Figures;
import dev.striate.target.Target;
import dev.striate.vision.report.Curves;
import dev.striate.vision.report.Curves.Panel;
import dev.striate.vision.report.Curves.Series;
import dev.striate.vision.report.Denormalised;
import dev.striate.vision.report.EventFile;
import dev.striate.vision.report.Mosaic;
import dev.striate.weights.AtomicFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.ToDoubleFunction;

/// What a run writes down for people: `metrics.csv`, TensorBoard's events, and pictures.
final class RunLog implements AutoCloseable {
    /// Drawing takes up to a second, as much as an epoch of a small run.
    private static final long DRAWING_NANOS = 30_000_000_000L;
    private static final int COLUMNS = 8;
    private static final int FIRST_PICTURES = 32;

    private final Run run;
    private final Path folder;
    private final EventFile events;
    private final List<Mosaic.Tile> first = new ArrayList<>();
    private Runnable curves = () -> {};
    private Runnable best = () -> {};
    private long lastDrawn = System.nanoTime();

    RunLog(Run run, Path folder) {
        this.run = run;
        this.folder = folder;
        events = EventFile.in(folder);
    }

    void step(Event.Stepped stepped, double rate) {
        var scalars = tagged("training/", stepped.means());
        scalars.put("rate", rate);
        scalars.put("pictures_per_second", stepped.picturesPerSecond());
        events.scalars(stepped.step(), scalars);
    }

    private static SequencedMap<String, Double> tagged(String prefix, SequencedMap<String, Double> figures) {
        var tagged = new LinkedHashMap<String, Double>();
        figures.forEach((name, value) -> tagged.put(prefix + Figures.snakeCase(name), value));
        return tagged;
    }

    /// A mosaic of what training sees first.
    void firstBatch(Batch batch) {
        if (first.size() >= FIRST_PICTURES) return;
        for (var i = 0; i < batch.size() && first.size() < FIRST_PICTURES; i++) {
            first.add(new Mosaic.Tile(Denormalised.of(batch.pixels(), i,
                    run.preprocessing().withSize(batch.shape().size())),
                    caption(batch.targets().get(i))));
        }
        Pictures.write(Mosaic.draw("the first training pictures, as augmented", COLUMNS, first),
                folder.resolve("first-batches.png"));
    }

    /// What a picture of the first batches shows, in words.
    private List<String> caption(Target target) {
        return switch (target) {
            case Target.Label(var label) -> List.of(run.labels().get(label));
            case Target.Objects(var objects, _) -> objects.stream().map(object -> run.labels().get(object.label()))
                    .distinct().limit(3).toList();
            case Target.Mask _ -> List.of();
            case Target.None _ -> List.of();
        };
    }

    void epoch(List<Epoch> history) {
        var last = history.getLast();
        var scalars = tagged("validation/", last.validation().values());
        scalars.putAll(tagged("epoch/training_", last.training()));
        events.scalars(last.step(), scalars);
        var text = new StringBuilder(last.header()).append('\n');
        history.forEach(epoch -> text.append(epoch.row()).append('\n'));
        AtomicFile.write(folder.resolve("metrics.csv"), text.toString());
        var drawn = List.copyOf(history);
        curves = () -> drawCurves(drawn);
        if (System.nanoTime() - lastDrawn > DRAWING_NANOS) draw();
    }

    private void draw() {
        curves.run();
        best.run();
        curves = () -> {};
        best = () -> {};
        lastDrawn = System.nanoTime();
    }

    /// A panel for each figure, of training and validation where both have it, and one for the learning rate.
    private void drawCurves(List<Epoch> history) {
        var names = new LinkedHashSet<>(history.getLast().training().keySet());
        names.addAll(history.getLast().validation().values().keySet());
        var panels = new ArrayList<Panel>();
        for (var name : names) {
            var series = new ArrayList<Series>();
            if (history.getLast().training().containsKey(name)) {
                series.add(series("training", history, epoch -> epoch.training().get(name)));
            }
            if (history.getLast().validation().values().containsKey(name)) {
                series.add(series("validation", history, epoch -> epoch.validation().get(name)));
            }
            panels.add(Panel.of(Figures.words(name), "epoch", series.toArray(Series[]::new)));
        }
        panels.add(Panel.of("learning rate", "epoch", series("rate", history, Epoch::rate)).withLogarithmicY());
        Pictures.write(Curves.draw(panels), folder.resolve("curves.png"));
    }

    private static Series series(String name, List<Epoch> history, ToDoubleFunction<Epoch> value) {
        return new Series(name, history.stream().mapToDouble(Epoch::number).toArray(),
                history.stream().mapToDouble(value).toArray());
    }

    /// What the task shows of the best model so far.
    void best(Measured measured) {
        best = () -> measured.draw(folder);
    }

    @Override
    public void close() {
        draw();
        events.close();
    }
}
