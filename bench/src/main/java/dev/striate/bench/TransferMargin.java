package dev.striate.bench;

import dev.striate.data.set.DataSet;
import dev.striate.data.set.DataSets;
import dev.striate.data.set.Splits;
import dev.striate.data.set.Wrapped;
import dev.striate.graph.Size;
import dev.striate.random.RandomStream;
import dev.striate.recipe.Augmentation;
import dev.striate.recipe.Preprocessing;
import dev.striate.recipe.Recipe;
import dev.striate.recipe.Recipes;
import dev.striate.recipe.TrainingLength;
import dev.striate.target.Target;
import dev.striate.task.Task;
import dev.striate.torch.Device;
import dev.striate.vision.tasks.Tasks;
import dev.striate.vision.train.Event;
import dev.striate.vision.train.Run;
import dev.striate.vision.train.Training;
import dev.striate.weights.ModelFile;
import dev.striate.weights.StateDict;
import dev.striate.zoo.Zoo;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// What old features are worth: two classes with 50 pictures each, a ResNet-20 trained on CIFAR-10 with all but its new
/// last layer frozen, against the same network from scratch; five seeds, each with pictures of its own.
///
/// All pictures are of CIFAR-10's test part, which the weights have not seen; their kinds they have.
///
/// `TransferMargin CIFAR10.zip cifar10-resnet20.th [FIRST SECOND [SEED]]`: two classes, and the first seed of those left.
public final class TransferMargin {
    private static final int PER_CLASS = 50;
    private static final int TESTED = 100;
    private static final int SEEDS = 5;
    private static final Preprocessing PREPROCESSING = new Preprocessing(Zoo.entry("resnet20").input(),
            new Preprocessing.Stretch(), List.of(.485, .456, .406), List.of(.229, .224, .225));

    private TransferMargin() {}

    public static void main(String[] arguments) throws Exception {
        var classes = arguments.length > 3 ? List.of(arguments[2], arguments[3]) : List.of("cat", "dog");
        var all = DataSets.open(arguments[0]).test();
        var network = Zoo.entry("resnet20").network();
        var file = new ModelFile(network, PREPROCESSING, new Task.Classification(all.classes()), Optional.empty(),
                StateDict.read(Path.of(arguments[1])).match(network).whole());
        var from = Files.createTempDirectory("transfer").resolve("resnet20.safetensors");
        file.write(from);
        var first = arguments.length > 4 ? Integer.parseInt(arguments[4]) : 0;
        var margins = new double[SEEDS - first];
        for (var seed = first; seed < SEEDS; seed++) {
            var splits = splits(all, classes, seed);
            var frozen = frozen(from, splits, seed);
            var scratch = scratch(splits, seed);
            margins[seed - first] = frozen - scratch;
            System.out.printf("seed %d: frozen features %.3f, from scratch %.3f%n", seed, frozen, scratch);
        }
        Arrays.sort(margins);
        System.out.printf("%s against %s: margin %+.3f (median of %d; from %+.3f to %+.3f)%n", classes.get(0),
                classes.get(1), margins[margins.length / 2], margins.length, margins[0], margins[margins.length - 1]);
    }

    private static Splits splits(DataSet all, List<String> classes, long seed) {
        var shuffled = RandomStream.of(seed).at("transfer").permutation(all.size());
        var train = chosen(all, classes, shuffled, 0, PER_CLASS);
        var test = chosen(all, classes, shuffled, PER_CLASS, TESTED);
        return new Splits("two of CIFAR-10", train, Optional.empty(), test, true);
    }

    private static DataSet chosen(DataSet all, List<String> classes, int[] order, int skipped, int count) {
        var indices = classes.stream().map(all.classes()::indexOf)
                .flatMapToInt(label -> IntStream.of(order).filter(i -> all.label(i) == label).skip(skipped)
                        .limit(count))
                .toArray();
        return new Chosen(all.subset(indices), classes);
    }

    private static double frozen(Path from, Splits splits, long seed) throws Exception {
        var run = Tasks.fineTuning(from, splits, "", recipe(10, seed)).withFrozen("(?!linear).*");
        return train(run, splits);
    }

    private static double scratch(Splits splits, long seed) throws Exception {
        var entry = Zoo.entry("resnet20");
        var run = Tasks.run(entry.network(entry.input(), 2), splits, "", recipe(30, seed))
                .withPreprocessing(PREPROCESSING);
        return train(run, splits);
    }

    private static Recipe recipe(int epochs, long seed) {
        var recipe = Recipes.forInput(Recipes.recipe("quick"), new Size(32, 32)).withSeed(seed)
                .withAugmentations(List.of(new Augmentation.PadCrop(4),
                        Augmentation.horizontalFlip()));
        return recipe.withPace(recipe.pace().withBatch(20).withLength(TrainingLength.epochs(epochs)));
    }

    private static double train(Run run, Splits splits) throws Exception {
        var folder = Files.createTempDirectory("transfer");
        return Tasks.training(run, splits, folder, Device.CPU, Event.Listener.none()).run().figure("accuracy");
    }

    /// Pictures of some of a set's classes, which are all that it has now.
    private record Chosen(DataSet whole, List<String> classes) implements Wrapped {
        @Override
        public Target target(int index) {
            return new Target.Label(classes.indexOf(whole.classes().get(whole.label(index))));
        }
    }
}
