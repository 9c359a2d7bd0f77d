package dev.striate.vision.segment;

import dev.striate.StriateException;
import dev.striate.data.batch.Preparation;
import dev.striate.data.set.DataSet;
import dev.striate.data.set.Targets;
import dev.striate.graph.Network;
import dev.striate.graph.Shape;
import dev.striate.graph.Shapes;
import dev.striate.recipe.Loss;
import dev.striate.recipe.Objective;
import dev.striate.recipe.Preprocessing;
import dev.striate.recipe.Recipe;
import dev.striate.target.Target.Mask;
import dev.striate.task.Task;
import dev.striate.vision.Inference;
import dev.striate.vision.train.Statistics;
import dev.striate.vision.train.Trainable;
import java.util.Optional;
import java.util.stream.IntStream;

/// Training of networks that say the class of every pixel (Long, Shelhamer and Darrell 2015).
public record Segmentation(Task.Segmentation task) implements Trainable {
    @Override
    public Network fitted(Network network) {
        var classes = task.labels().size();
        var isFitting = Shapes.of(network).get(network.output()).channels() == classes;
        return isFitting ? network : ScoreMaps.withClasses(network, classes);
    }

    @Override
    public void check(Network network) {
        ScoreMaps.check(network, task.labels().size());
    }

    @Override
    public Recipe fitted(Recipe recipe, Network network) {
        return recipe.objective() instanceof Objective.Pixels ? recipe
                : recipe.withObjective(new Objective.Pixels(Loss.crossEntropy()));
    }

    /// The whole picture, its aspect kept: what is beside it has no class.
    @Override
    public Preprocessing preprocessing(Shape input, DataSet pictures) {
        return Statistics.preprocessing(input, pictures, _ -> Preprocessing.Letterbox.DARKNET);
    }

    /// Refuses what is no mask, and pixels of a class that has no name.
    @Override
    public void check(DataSet pictures) {
        IntStream.range(0, pictures.size()).parallel().mapToObj(i -> complaint(pictures, i))
                .flatMap(Optional::stream).findFirst().ifPresent(complaint -> {
                    throw new StriateException(complaint);
                });
    }

    private static Optional<String> complaint(DataSet pictures, int index) {
        var target = pictures.target(index);
        if (!(target instanceof Mask mask)) {
            return Optional.of("A mask for each picture was expected; " + pictures.name(index) + " has "
                    + Targets.describe(target) + ".");
        }
        var highest = pictures.classes().size() - 1;
        for (var each : mask.classes()) {
            var label = Byte.toUnsignedInt(each);
            if (label > highest && label != Mask.IGNORED) {
                return Optional.of("A mask of classes 0 to " + highest + " and " + Mask.IGNORED + " was expected; "
                        + pictures.name(index) + " has the class " + label + ".");
            }
        }
        return Optional.empty();
    }

    @Override
    public MeasuredSegmentation measure(Network network, Inference inference, Preparation preparation,
            DataSet pictures) {
        return MeasuredSegmentation.of(inference, preparation, pictures);
    }
}
