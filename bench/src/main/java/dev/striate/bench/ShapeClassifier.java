package dev.striate.bench;

import dev.striate.data.scene.Scenes;
import dev.striate.data.set.DataSets;
import dev.striate.data.set.Splits;
import dev.striate.graph.Shape;
import dev.striate.graph.Size;
import dev.striate.recipe.Recipes;
import dev.striate.torch.Device;
import dev.striate.vision.tasks.Tasks;
import dev.striate.vision.train.Event;
import dev.striate.zoo.Zoo;
import java.nio.file.Path;
import java.util.Optional;

/// A classifier of drawn scenes with one shape, which knows their classes and was never told where the shapes are.
///
/// @param network of the zoo
/// @param side of the pictures
/// @param pictures to train on
record ShapeClassifier(String network, int side, int pictures, int epochs) {
    private static final int VALIDATED = 200;

    /// The scenes, with their boxes.
    Splits scenes() {
        return DataSets.scenes(Scenes.ONE.withSize(Size.square(side)), false, 0, pictures, VALIDATED);
    }

    /// Trains into a folder; gives the accuracy of the best epoch on validation pictures.
    double train(Path folder) {
        var scenes = scenes();
        var validation = DataSets.scenes(Scenes.ONE.withSize(Size.square(side)), false, 1, 1, VALIDATED).test();
        var labelled = new Splits("scenes", new Labelled(scenes.train()), Optional.of(new Labelled(validation)),
                new Labelled(scenes.test()), true);
        var whole = Zoo.entry(network).network(new Shape(3, side, side), scenes.train().classes().size());
        var run = Tasks.run(whole, labelled, "", Recipes.inEpochs(Recipes.recipe("quick"), epochs));
        var outcome = Tasks.training(run, labelled, folder, Device.CPU, event -> {
            if (event instanceof Event.EpochEnded ended) System.out.println(ended.epoch());
        }).run();
        return outcome.best().validation().get("accuracy");
    }
}
