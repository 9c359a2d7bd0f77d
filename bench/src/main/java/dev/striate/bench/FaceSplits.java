package dev.striate.bench;

import dev.striate.data.set.DataSets;
import dev.striate.data.set.Splits;
import dev.striate.graph.Shape;
import dev.striate.measure.Figures;
import dev.striate.recipe.Mining;
import dev.striate.recipe.Recipes;
import dev.striate.task.Task;
import dev.striate.torch.Device;
import dev.striate.vision.tasks.Tasks;
import dev.striate.vision.train.Event;
import dev.striate.vision.train.Run;
import dev.striate.vision.verify.FittedEmbedding;
import dev.striate.vision.verify.Verifier;
import dev.striate.zoo.Zoo;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/// Faces of people whom training never saw: a quarter of the people of a set, others for each seed. Embeddings are computed of
/// what a classifier's layer shows, or trained from nothing with each way of mining.
///
/// `FaceSplits DATA WEIGHTS FOLDER [EPOCHS [SPLITS]]`: weights of ResNet-20; 60 epochs, or 0 for none trained, and 10 splits
/// unless told.
public final class FaceSplits {
    private static final Shape FACE = new Shape(3, 56, 48);
    private static final Shape SMALL_FACE = new Shape(1, 56, 48);
    /// The end of ResNet-20's second stage.
    private static final String LAYER = "relu13";

    private final String data;
    private final Path weights;
    private final Path folder;
    private final int epochs;

    private FaceSplits(String data, Path weights, Path folder, int epochs) {
        this.data = data;
        this.weights = weights;
        this.folder = folder;
        this.epochs = epochs;
    }

    public static void main(String[] arguments) {
        var faces = new FaceSplits(arguments[0], Path.of(arguments[1]), Path.of(arguments[2]),
                arguments.length > 3 ? Integer.parseInt(arguments[3]) : 60);
        var splits = arguments.length > 4 ? Integer.parseInt(arguments[4]) : 10;
        faces.all("computed", splits, faces::fitted);
        if (faces.epochs == 0) return;
        var semiHard = faces.all("trained, semi-hard", splits, seed -> faces.trained(seed, Mining.SEMI_HARD));
        var random = faces.all("trained, random", splits, seed -> faces.trained(seed, Mining.RANDOM));
        paired(semiHard, random);
    }

    /// The same people and the same start for both: what differs within a split is the mining's.
    private static void paired(double[] semiHard, double[] random) {
        var differences = IntStream.range(0, random.length).mapToDouble(i -> random[i] - semiHard[i]).toArray();
        var better = Arrays.stream(differences).filter(difference -> difference > 0).count();
        System.out.printf(Locale.ROOT, "random less semi-hard: equal error %s, semi-hard better in %d of %d%n",
                spread(differences), better, differences.length);
    }

    /// The equal errors, by split.
    private double[] all(String name, int splits, IntFunction<Figures> way) {
        var errors = new double[splits];
        var ranks = new double[splits];
        for (var split = 0; split < splits; split++) {
            var started = System.nanoTime();
            var figures = way.apply(split + 1);
            errors[split] = figures.get("equalError");
            ranks[split] = figures.get("rankOne");
            System.out.printf(Locale.ROOT, "%s, seed %d: %s, %.1f min%n", name, split + 1, figures.values(),
                    (System.nanoTime() - started) / 6e10);
        }
        System.out.printf(Locale.ROOT, "%s: equal error %s, rank one %s%n", name, spread(errors), spread(ranks));
        return errors;
    }

    private Path file(int seed) {
        return folder.resolve("computed-" + seed + ".safetensors");
    }

    private Figures fitted(int seed) {
        var splits = DataSets.open(data).apart(seed);
        FittedEmbedding.of(Zoo.entry("resnet20").network(FACE, 10), weights, LAYER, OptionalInt.empty(), splits)
                .write(file(seed));
        return test(file(seed), splits);
    }

    private Figures trained(int seed, Mining mining) {
        var splits = DataSets.open(data);
        var recipe = Recipes.inEpochs(Recipes.recipe("faces"), epochs).withMining(mining).withSeed(seed);
        var run = Run.of(Tasks.of(new Task.Verification(splits.train().classes()).withMirrored(true)),
                Zoo.entry("embedding_small").network(SMALL_FACE, 64), splits, data, recipe);
        var place = folder.resolve(mining + "-" + seed);
        Tasks.training(run, splits, place, Device.CPU, Event.Listener.none()).run();
        return test(place, splits.apart(seed));
    }

    private static Figures test(Path model, Splits splits) {
        try (var verifier = Verifier.open(model)) {
            return verifier.evaluate(splits.test()).figures();
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
