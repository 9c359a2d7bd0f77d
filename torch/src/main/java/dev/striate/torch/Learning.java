package dev.striate.torch;

import dev.striate.graph.Network;
import dev.striate.graph.Shape;
import dev.striate.random.RandomStream;
import dev.striate.recipe.Objective;
import dev.striate.recipe.Recipe;
import dev.striate.region.RegionDetector;
import dev.striate.target.Target;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/// How a network learns from a batch of pictures of one size: forward, loss, and back into the parameters' gradients.
sealed interface Learning permits OnePass, RegionPasses {
    /// The names of the figures of a batch, the loss first.
    List<String> figures();

    /// The shape of a picture.
    Shape input();

    /// Adds a share of a batch's gradients to those of the parameters.
    Criterion.Batch learn(Lesson lesson);

    /// A pass through the network that reads the pictures, to look for what went wrong.
    Pass look(long seed);

    /// A batch to learn from.
    ///
    /// @param pixels mixed already, where pictures are
    /// @param seen how many pictures training has seen before
    /// @param share of the step that the batch is
    /// @param seed the stream of dropout
    /// @param chance of everything else
    record Lesson(Tensor pixels, List<? extends Target> targets, Mixing mixing, long seen, double share, long seed,
            RandomStream chance) {}

    static Learning of(Model model, Network network, Recipe recipe, Purpose purpose) {
        return recipe.objective() instanceof Objective.Regions(var training) && RegionDetector.isIn(network)
                ? new RegionPasses(model, RegionDetector.of(network), training, purpose)
                : new OnePass(model, new ExecutionGraph(network, purpose), Criteria.of(recipe, network));
    }
}
