package dev.striate.bench;

import dev.striate.data.set.DataSets;
import dev.striate.graph.Shape;
import dev.striate.measure.Figures;
import dev.striate.recipe.Mining;
import dev.striate.recipe.Recipe;
import dev.striate.recipe.Recipes;
import dev.striate.task.Task;
import dev.striate.torch.Device;
import dev.striate.vision.tasks.Tasks;
import dev.striate.vision.train.Event;
import dev.striate.vision.train.Run;
import dev.striate.vision.verify.Verifier;
import dev.striate.zoo.Zoo;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// Faces of people whom training never saw: a quarter of the people of a set, others for each seed.
///
/// `FaceSplits DATA FOLDER [EPOCHS [SPLITS [MINING…]]]`: 5 splits, semi-hard and random mining, unless told.
public final class FaceSplits {
    private static final Shape FACE = new Shape(1, 56, 48);

    private FaceSplits() {}

    public static void main(String[] arguments) {
        var recipe = Recipes.recipe("faces");
        if (arguments.length > 2) recipe = Recipes.inEpochs(recipe, Integer.parseInt(arguments[2]));
        var splits = arguments.length > 3 ? Integer.parseInt(arguments[3]) : 5;
        var minings = arguments.length > 4 ? Arrays.stream(arguments).skip(4).map(Mining::valueOf).toList()
                : List.of(Mining.SEMI_HARD, Mining.RANDOM);
        for (var mining : minings) {
            var errors = new double[splits];
            var ranks = new double[splits];
            for (var split = 0; split < splits; split++) {
                var started = System.nanoTime();
                var folder = Path.of(arguments[1]).resolve(mining + "-" + (split + 1));
                var figures = figures(arguments[0], recipe.withMining(mining).withSeed(split + 1), folder);
                errors[split] = figures.get("equalError");
                ranks[split] = figures.get("rankOne");
                System.out.printf(Locale.ROOT, "%s, seed %d: %s, %.1f min%n", mining, split + 1, figures.values(),
                        (System.nanoTime() - started) / 6e10);
            }
            System.out.printf(Locale.ROOT, "%s: equal error %s, rank one %s%n", mining, spread(errors), spread(ranks));
        }
    }

    private static Figures figures(String data, Recipe recipe, Path folder) {
        var splits = DataSets.open(data);
        var run = Run.of(Tasks.of(new Task.Verification(splits.train().classes())),
                Zoo.entry("embedding_small").network(FACE, 64), splits, data, recipe);
        Tasks.training(run, splits, folder, Device.CPU, Event.Listener.none()).run();
        try (var verifier = Verifier.open(folder)) {
            return verifier.evaluate(run.pictures(splits).test()).figures();
        }
    }

    private static String spread(double[] values) {
        var mean = Arrays.stream(values).average().orElseThrow();
        var squares = Arrays.stream(values).map(value -> (value - mean) * (value - mean)).sum();
        return String.format(Locale.ROOT, "%.4f ± %.4f (%.4f to %.4f)", mean,
                Math.sqrt(squares / Math.max(1, values.length - 1)), Arrays.stream(values).min().orElseThrow(),
                Arrays.stream(values).max().orElseThrow());
    }
}
