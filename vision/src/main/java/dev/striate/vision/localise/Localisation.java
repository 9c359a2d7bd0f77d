package dev.striate.vision.localise;

import dev.striate.StriateException;
import dev.striate.data.batch.Preparation;
import dev.striate.data.set.DataSet;
import dev.striate.data.set.Targets;
import dev.striate.graph.Network;
import dev.striate.graph.Shape;
import dev.striate.recipe.Loss;
import dev.striate.recipe.Objective;
import dev.striate.recipe.Preprocessing;
import dev.striate.recipe.Recipe;
import dev.striate.target.Target;
import dev.striate.task.Task;
import dev.striate.vision.Inference;
import dev.striate.vision.train.Statistics;
import dev.striate.vision.train.Trainable;

/// Training of networks that say what the one object in a picture is, and where (Simonyan and Zisserman 2014, appendix A).
///
/// @param boxForEachClass whether a classifier gets a box for each class or, as is usual, one for all; a network that has a
///     box output keeps its own
public record Localisation(Task.Localisation task, boolean boxForEachClass) implements Trainable {
    public Localisation(Task.Localisation task) {
        this(task, false);
    }

    @Override
    public Network fitted(Network network) {
        var classes = task.labels().size();
        return BoxHead.fits(network, classes) ? network
                : BoxHead.withBox(network, classes, boxForEachClass ? classes : 1);
    }

    @Override
    public void check(Network network) {
        var classes = task.labels().size();
        if (BoxHead.fits(network, classes)) return;
        throw StriateException.network("Localisation of " + classes + " classes expects a network with two outputs, of "
                + classes + " values and of 4 or " + 4 * classes + "; " + network.name() + " has "
                + network.outputs().keySet() + ".");
    }

    /// Boxes by smooth L1, whose absolute part holds the last pixels as important as the first.
    @Override
    public Recipe fitted(Recipe recipe, Network network) {
        return recipe.objective() instanceof Objective.ClassAndBox ? recipe
                : recipe.withObjective(Objective.classAndBox());
    }

    /// The whole picture, so that no part of the object is cut off.
    @Override
    public Preprocessing preprocessing(Shape input, DataSet pictures) {
        return Statistics.preprocessing(input, pictures, _ -> new Preprocessing.Stretch());
    }

    /// Refuses pictures without an object or with several, and objects without a class.
    @Override
    public void check(DataSet pictures) {
        var classes = pictures.classes().size();
        for (var i = 0; i < pictures.size(); i++) {
            var object = object(pictures, i);
            if (object.label() < 0 || object.label() >= classes) {
                throw new StriateException("An object of class 0 to " + (classes - 1) + " was expected; "
                        + pictures.name(i) + " has one of class " + object.label() + ".");
            }
        }
    }

    /// The one object in a picture.
    static Target.LabelledBox object(DataSet pictures, int index) {
        var target = pictures.target(index);
        if (target instanceof Target.Objects(var objects, _) && objects.size() == 1) return objects.getFirst();
        throw new StriateException("Localisation expects one object in each picture; " + pictures.name(index) + " has "
                + (target instanceof Target.Objects(var objects, _) ? objects.size() + " objects."
                        : Targets.describe(target) + "."));
    }

    @Override
    public MeasuredLocalisation measure(Network network, Inference inference, Preparation preparation,
            DataSet pictures) {
        return MeasuredLocalisation.of(inference, preparation, pictures);
    }
}
