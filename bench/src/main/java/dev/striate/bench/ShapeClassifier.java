package dev.striate.bench;

import dev.striate.data.scene.Scenes;
import dev.striate.data.set.DataSet;
import dev.striate.data.set.DataSets;
import dev.striate.data.set.Splits;
import dev.striate.graph.Network;
import dev.striate.graph.Shape;
import dev.striate.graph.Size;
import dev.striate.recipe.Augmentation;
import dev.striate.recipe.Augmentation.Translation;
import dev.striate.recipe.Loss;
import dev.striate.recipe.Recipe;
import dev.striate.recipe.Recipes;
import dev.striate.torch.Device;
import dev.striate.vision.tasks.Tasks;
import dev.striate.vision.train.Epoch;
import dev.striate.vision.train.Event;
import dev.striate.zoo.Zoo;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/// A classifier of drawn scenes with one shape, 64 pixels a side, which knows their classes and was never told where the shapes are.
///
/// @param network `vgg`, a small one, or one of the zoo
/// @param pictures to train on
record ShapeClassifier(String network, int pictures, int epochs) {
    private static final Scenes SCENES = Scenes.ONE.withSize(Size.square(64));
    private static final int BATCH = 32;
    private static final int VALIDATED = 500;
    private static final int TESTED = 200;

    /// As many pictures and epochs as a network needs to know nearly all shapes.
    static ShapeClassifier usual(String network) {
        return new ShapeClassifier(network, 12_000, 10);
    }

    /// The model that a training leaves in a folder, which does not train again where there is one.
    static Path trained(Path folder, ToDoubleFunction<Path> training) {
        var model = folder.resolve("model.safetensors");
        if (!Files.exists(model))
            System.out.printf("validation accuracy of %s: %.3f%n", folder.getFileName(),
                    training.applyAsDouble(folder));
        return model;
    }

    /// The scenes, with their boxes.
    Splits scenes() {
        return DataSets.scenes(SCENES, false, 0, pictures, TESTED);
    }

    /// Trains into a folder; gives the accuracy of the best epoch on pictures for validation.
    double train(Path folder) {
        var scenes = scenes();
        var labelled = new Splits("scenes", new Labelled(scenes.train()), Optional.of(validation()),
                new Labelled(scenes.test()), true);
        var run = Tasks.run(network(scenes.train().classes().size()), labelled, "", recipe());
        return Tasks.training(run, labelled, folder, Device.CPU, event -> {
            if (event instanceof Event.EpochEnded ended) System.out.println(words(ended.epoch()));
        }).run().best().validation().get("accuracy");
    }

    /// Drawn from another seed than those to train on and to test.
    private static DataSet validation() {
        return new Labelled(DataSets.scenes(SCENES, false, 1, 1, VALIDATED).test());
    }

    private Network network(int classes) {
        var input = new Shape(3, SCENES.size().height(), SCENES.size().width());
        return network.equals("vgg") ? SmallVgg.FOR_SCENES.network(input, classes)
                : Zoo.entry(network).network(input, classes);
    }

    private Recipe recipe() {
        var quick = Recipes.inEpochs(Recipes.recipe("quick"), epochs);
        return quick.withPace(quick.pace().withBatch(BATCH)).withLoss(Loss.crossEntropy())
                .withAugmentations(List.of(Augmentation.horizontalFlip(), new Translation(0.1)));
    }

    /// An epoch in a line.
    static String words(Epoch epoch) {
        return String.format(Locale.ROOT, "epoch %d: training loss %.3f, validation accuracy %.3f, %.0f pictures/s",
                epoch.number(), epoch.training().get("loss"), epoch.validation().get("accuracy"),
                epoch.speed().picturesPerSecond());
    }
}
