package dev.striate.vision.train;

import dev.striate.data.batch.Preparation;
import dev.striate.data.set.DataSet;
import dev.striate.graph.Network;
import dev.striate.graph.Shape;
import dev.striate.recipe.Preprocessing;
import dev.striate.recipe.Recipe;
import dev.striate.task.Task;
import dev.striate.vision.Inference;
import java.nio.file.Path;
import java.util.List;

/// All that training asks of a task; everything else it does without knowing what it trains.
public interface Trainable {
    Task task();

    /// The network with the outputs that the task needs for its labels, which then start afresh; one that has them stays as
    /// it is. Refuses a network that cannot have them.
    Network fitted(Network network);

    /// Refuses a network whose outputs are not the task's.
    void check(Network network);

    /// The recipe with an objective for the task's targets and the network; one that has such an objective stays as it is.
    Recipe fitted(Recipe recipe, Network network);

    /// How the pictures of a set become the input of a network.
    Preprocessing preprocessing(Shape input, DataSet pictures);

    /// Refuses a set of which a target cannot be the task's, naming the picture.
    void check(DataSet pictures);

    /// The pictures with whatever else the network learns from, which is kept in the run's folder under the part's name.
    default DataSet prepared(DataSet pictures, Network network, Path folder, String part) {
        return pictures;
    }

    /// What to tell before training begins of pictures that are good enough for it, a sentence each.
    default List<String> warnings(DataSet pictures, Preprocessing preprocessing) {
        return List.of();
    }

    /// Measures a network on all pictures of a set, as prediction would see them.
    Measured measure(Network network, Inference inference, Preparation preparation, DataSet pictures);
}
