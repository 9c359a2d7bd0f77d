package dev.striate.cli;

import dev.striate.data.set.DataSets;
import dev.striate.recipe.Initialisation;
import dev.striate.recipe.Preprocessing;
import dev.striate.recipe.Start;
import dev.striate.vision.tasks.Tasks;
import dev.striate.weights.ModelFile;
import dev.striate.weights.NetworkTensors;
import dev.striate.zoo.Zoo;
import java.nio.file.Path;
import java.util.Optional;

/// Models with the weights that training begins with.
final class Untrained {
    private Untrained() {}

    /// Writes a network of the zoo with outputs for a task on a data set.
    static void write(Path file, String network, String data, String task) {
        var trainable = Tasks.of(Tasks.named(task, DataSets.open(data)));
        var fitted = trainable.fitted(Zoo.network(network));
        new ModelFile(fitted, Preprocessing.plain(fitted.input(), Preprocessing.Letterbox.DARKNET), trainable.task(),
                Optional.empty(),
                NetworkTensors.fresh(fitted, Start.of(new Initialisation.HeFanIn()))).write(file);
    }
}
