package dev.striate.vision.rcnn;

import dev.striate.data.region.RegionSet;
import dev.striate.data.set.DataSet;
import dev.striate.data.set.Splits;
import dev.striate.graph.Network;
import dev.striate.recipe.Preprocessing;
import dev.striate.recipe.Preprocessing.Stretch;
import dev.striate.recipe.Recipe;
import dev.striate.task.Task;
import dev.striate.vision.classify.Classification;
import dev.striate.vision.train.Limits;
import dev.striate.vision.train.Run;
import dev.striate.vision.train.Statistics;
import dev.striate.vision.train.Transfer;
import dev.striate.weights.ModelFile;
import java.nio.file.Path;
import java.util.List;

/// All that the training of an R-CNN is told: it is saved in its folder.
///
/// @param data where the pictures come from
/// @param labels the classes of the objects
/// @param network a classifier of these and the background, whose input is a warped region
/// @param start the model that fine-tuning begins with; empty for fresh weights
/// @param recipe of the fine-tuning
public record RcnnRun(String data, List<String> labels, Network network, Preprocessing preprocessing, String start,
        RcnnSettings settings, Recipe recipe) {
    /// Refuses layers that the network does not have.
    public RcnnRun {
        labels = List.copyOf(labels);
        network.index(settings.features());
        network.index(settings.places());
        task(labels).check(network);
    }

    /// A run that trains a network from nothing; it gets a head for the background and the classes.
    public static RcnnRun of(Network network, Splits splits, String data, RcnnSettings settings, Recipe recipe) {
        var labels = splits.train().classes();
        return new RcnnRun(data, labels, task(labels).fitted(network),
                Statistics.preprocessing(network.input(), splits.train(), _ -> new Stretch()), "", settings,
                task(labels).fitted(recipe, network));
    }

    /// A run that begins with a classifier of other pictures, as the paper's with one of ImageNet.
    ///
    /// @param from a model's file or a run's folder
    public static RcnnRun fineTuning(Path from, DataSet pictures, String data, RcnnSettings settings, Recipe recipe) {
        var file = Run.model(from);
        var model = ModelFile.read(file);
        var task = task(pictures.classes());
        return new RcnnRun(data, pictures.classes(), task.fitted(model.network()),
                model.preprocessing().withFit(new Stretch()), file.toAbsolutePath().normalize().toString(), settings,
                task.fitted(recipe, model.network()));
    }

    static Classification task(List<String> labels) {
        return new Classification(new Task.Classification(RegionSet.classes(labels)));
    }

    /// The fine-tuning, which is the training of an ordinary classifier.
    Run fineTuning() {
        var run = new Run(task(labels).task(), network, preprocessing, data, 0, recipe, false, Limits.NONE,
                Transfer.NONE);
        return start.isEmpty() ? run : run.withStart(Path.of(start));
    }
}
