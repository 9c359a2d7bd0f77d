package dev.striate.vision.classify;

import dev.striate.StriateException;
import dev.striate.data.batch.Preparation;
import dev.striate.data.picture.Picture;
import dev.striate.data.set.DataSet;
import dev.striate.graph.Network;
import dev.striate.graph.Shape;
import dev.striate.graph.Shapes;
import dev.striate.recipe.Objective;
import dev.striate.recipe.Preprocessing;
import dev.striate.recipe.Preprocessing.Fit;
import dev.striate.recipe.Recipe;
import dev.striate.task.Task;
import dev.striate.vision.Inference;
import dev.striate.vision.train.Statistics;
import dev.striate.vision.train.Trainable;

/// Training of classifiers: a class for each picture.
public record Classification(Task.Classification task) implements Trainable {
    private static final int LARGEST_BORDER = 8;

    @Override
    public Network fitted(Network network) {
        var outputs = Shapes.of(network).get(network.output()).elements();
        return outputs == task.labels().size() ? network : Heads.withClasses(network, task.labels().size());
    }

    @Override
    public void check(Network network) {
        Heads.check(network, task.labels());
    }

    @Override
    public Recipe fitted(Recipe recipe) {
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
        return new MeasuredClassifier(Evaluation.of(inference, preparation, pictures), pictures);
    }
}
