package dev.striate.vision.train;

import dev.striate.StriateException;
import dev.striate.data.augment.Augmentations;
import dev.striate.data.batch.Loader;
import dev.striate.data.batch.Loading;
import dev.striate.data.batch.Preparation;
import dev.striate.data.picture.Picture;
import dev.striate.data.set.DataSet;
import dev.striate.torch.Device;
import dev.striate.torch.Model;
import dev.striate.torch.Trainer;
import dev.striate.vision.report.Curves;
import java.util.ArrayList;
import java.util.List;

/// Tries learning rates, each a little larger than the one before, a step each, until the loss leaves (Smith 2017, §3.3).
///
/// @param points the rates and the smoothed losses
/// @param suggestion a tenth of the rate at which the loss was lowest
public record LearningRateFinder(List<Point> points, double suggestion) {
    private static final double FIRST = 1e-6;
    private static final double LAST = 10;
    private static final double SMOOTHING = 0.9;
    private static final double AWAY = 3;

    public LearningRateFinder {
        points = List.copyOf(points);
    }

    public record Point(double rate, double loss) {}

    /// Trains from a fresh start over `steps` batches of the run, or fewer.
    public static LearningRateFinder of(Run run, DataSet pictures, Device device, int steps) {
        if (steps < 2) throw new StriateException("A search expects at least two rates; received " + steps + ".");
        var recipe = run.recipe();
        var preparation = new Preparation(run.preprocessing());
        var loading = Loading.training(recipe.pace().batch(), recipe.start().seed())
                .withSampling(recipe.objective().sampling());
        try (var model = Model.fresh(run.network(), recipe.start(), device, recipe.precision());
                var trainer = new Trainer(model, recipe.withPace(recipe.pace().withAccumulation(1)));
                var loader = Loader.of(pictures, preparation,
                        Augmentations.of(recipe.augmentations(), preparation), loading)) {
            return search(trainer, loader, steps);
        }
    }

    private static LearningRateFinder search(Trainer trainer, Loader loader, int steps) {
        var points = new ArrayList<Point>();
        var average = 0.0;
        var best = new Point(FIRST, Double.POSITIVE_INFINITY);
        for (var step = 0; step < steps; step++) {
            var rate = FIRST * Math.pow(LAST / FIRST, step / (steps - 1.0));
            try (var batch = loader.next()) {
                trainer.step(batch.pixels(), batch.targets(), rate);
            } catch (StriateException e) {
                // A loss that is not finite is where the search was meant to end.
                if (points.isEmpty()) throw e;
                break;
            }
            average = SMOOTHING * average + (1 - SMOOTHING) * trainer.progress().loss();
            var point = new Point(rate, average / (1 - Math.pow(SMOOTHING, step + 1.0)));
            points.add(point);
            if (point.loss() < best.loss()) best = point;
            if (point.loss() > AWAY * best.loss()) break;
        }
        return new LearningRateFinder(points, best.rate() / 10);
    }

    /// The losses over the rates.
    public Picture picture() {
        var series = new Curves.Series("loss", points.stream().mapToDouble(Point::rate).toArray(),
                points.stream().mapToDouble(Point::loss).toArray());
        return Curves.draw(List.of(Curves.Panel.of("smoothed loss of each step", "learning rate", series)
                .withLogarithmicX()));
    }
}
