package dev.striate.vision.classify;

import dev.striate.StriateException;
import dev.striate.data.batch.Preparation;
import dev.striate.data.picture.Picture;
import dev.striate.data.set.DataSet;
import dev.striate.graph.ClassTrees;
import dev.striate.graph.Network;
import dev.striate.graph.Shape;
import dev.striate.graph.Shapes;
import dev.striate.recipe.Objective;
import dev.striate.recipe.Preprocessing;
import dev.striate.recipe.Preprocessing.Fit;
import dev.striate.recipe.Recipe;
import dev.striate.task.Task;
import dev.striate.tree.ClassTree;
import dev.striate.vision.Inference;
import dev.striate.vision.train.Statistics;
import dev.striate.vision.train.Trainable;
import java.util.Optional;

/// Training of classifiers: a class for each picture.
///
/// @param tree which of the task's classes is a kind of which, for a network that does not know yet
public record Classification(Task.Classification task, Optional<ClassTree> tree) implements Trainable {
    private static final int LARGEST_BORDER = 8;

    /// Training of classes that all exclude one another, or are as a network's own tree has them.
    public Classification(Task.Classification task) {
        this(task, Optional.empty());
    }

    /// Without a tree of the task's own a network loses the one it has, which is of other classes.
    @Override
    public Network fitted(Network network) {
        var logits = ClassTrees.without(network);
        var outputs = Shapes.of(logits).get(logits.output()).elements();
        var fitted = outputs == task.labels().size() ? logits : Heads.withClasses(logits, task.labels().size());
        return tree.map(each -> ClassTrees.with(fitted, each)).orElse(fitted);
    }

    @Override
    public void check(Network network) {
        Heads.check(network, task.labels());
    }

    @Override
    public Recipe fitted(Recipe recipe, Network network) {
        return recipe.objective() instanceof Objective.Classes ? recipe : recipe.withObjective(Objective.classes());
    }

    @Override
    public Preprocessing preprocessing(Shape input, DataSet pictures) {
        return Statistics.preprocessing(input, pictures, picture -> fit(input, picture));
    }

    /// A picture a little smaller than the input is framed in black (MNIST's in LeNet-5); a large one loses its margins.
    private static Fit fit(Shape input, Picture first) {
        var wider = input.width() - first.width();
        var higher = input.height() - first.height();
        var framed = wider >= 0 && higher >= 0 && wider + higher > 0 && Math.max(wider, higher) <= LARGEST_BORDER;
        if (framed) return new Preprocessing.Border(first.size());
        var crops = input.height() == input.width() && first.width() > input.width() && first.height() > input.height();
        return crops ? Preprocessing.CenterCrop.usual(input.width())
                : new Preprocessing.Stretch();
    }

    /// Refuses a label that names no class.
    @Override
    public void check(DataSet pictures) {
        var classes = pictures.classes().size();
        for (var i = 0; i < pictures.size(); i++) {
            var label = pictures.label(i);
            if (label < 0 || label >= classes) {
                throw new StriateException("A label from 0 to " + (classes - 1) + " was expected; " + pictures.name(i)
                        + " has the label " + label + ".");
            }
        }
    }

    @Override
    public MeasuredClassifier measure(Network network, Inference inference, Preparation preparation, DataSet pictures) {
        return new MeasuredClassifier(Evaluation.of(inference, Reading.of(network), preparation, pictures), pictures);
    }
}
