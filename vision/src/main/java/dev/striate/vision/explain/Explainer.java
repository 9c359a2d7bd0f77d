package dev.striate.vision.explain;

import dev.striate.StriateException;
import dev.striate.data.batch.Preparation;
import dev.striate.data.picture.Picture;
import dev.striate.graph.Network;
import dev.striate.recipe.Precision;
import dev.striate.task.Task;
import dev.striate.text.NearestNames;
import dev.striate.torch.Device;
import dev.striate.torch.Model;
import dev.striate.torch.ReluGradient;
import dev.striate.vision.Inference;
import dev.striate.vision.report.Denormalised;
import dev.striate.vision.train.Run;
import dev.striate.weights.ModelFile;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.List;

/// A model, opened so that what it says can be traced back to the picture. Classes are counted from 0; layers have the names
/// that `describe` shows.
public final class Explainer implements AutoCloseable {
    private static final int SUGGESTED = 3;

    private final ModelFile file;
    private final Preparation preparation;
    private final Model model;

    private Explainer(ModelFile file, Device device) {
        this.file = file;
        preparation = new Preparation(file.preprocessing());
        model = Model.of(file.network().atInference(), file.tensors(), device, Precision.FLOAT32);
    }

    /// Opens a model file, or the best model of a run's folder.
    public static Explainer open(Path model, Device device) {
        return of(ModelFile.read(Run.model(model)), device);
    }

    /// Opens a model that was read.
    public static Explainer of(ModelFile file, Device device) {
        return new Explainer(file, device);
    }

    public ModelFile file() {
        return file;
    }

    /// The network as it runs at inference.
    public Network network() {
        return model.network();
    }

    /// A picture as the network sees it, its normalisation undone.
    public Picture input(Picture picture) {
        return Denormalised.of(prepared(picture), 0, file.preprocessing());
    }

    /// How pictures become the network's input.
    public Preparation preparation() {
        return preparation;
    }

    MemorySegment prepared(Picture picture) {
        return preparation.prepared(picture, Arena.ofAuto());
    }

    Model model() {
        return model;
    }

    /// The number of a class by its name; refuses one that the model does not know, with the nearest.
    public int label(String name) {
        if (!file.labels().contains(name)) {
            throw new StriateException(
                    "A class of the model was expected; received '" + name + "', and the nearest are "
                            + String.join(", ", NearestNames.of(name, file.labels(), SUGGESTED)) + ".");
        }
        return file.labels().indexOf(name);
    }

    /// The name of a class, or its number where the model has no names.
    public String name(int label) {
        return file.labels().isEmpty() ? "class " + label : file.labels().get(label);
    }

    /// The logit of each class.
    public float[] logits(Picture picture) {
        var layer = logitsLayer();
        return model.activations(prepared(picture), 1, List.of(layer)).get(layer);
    }

    /// The class of the largest logit.
    public int answer(Picture picture) {
        return Largest.index(logits(picture));
    }

    /// The name of the layer whose values those are; refuses a model that is no classifier.
    public String logitsLayer() {
        if (!(file.task() instanceof Task.Classification)) {
            throw new StriateException("A classifier was expected; received a model for " + file.task().words() + ".");
        }
        return Layers.logits(network());
    }

    /// The gradient of a class's logit.
    public PixelGradient gradient(Picture picture, int label, ReluGradient rule) {
        return PixelGradient.of(model, prepared(picture), logitsLayer(), label, rule);
    }

    /// The gradient of a unit of a layer, by its index among channels × height × width.
    public PixelGradient gradient(Picture picture, String layer, int unit, ReluGradient rule) {
        var count = Layers.shape(network(), layer).elements();
        if (unit < 0 || unit >= count) {
            throw new StriateException("The layer '" + layer + "' has units 0 to " + (count - 1) + "; received " + unit
                    + ".");
        }
        return PixelGradient.of(model, prepared(picture), layer, unit, rule);
    }

    /// Where the maps of a layer speak for a class.
    public GradCam gradCam(Picture picture, int label, String layer) {
        logitsLayer();
        return GradCam.of(model, prepared(picture), layer, label);
    }

    /// The layer at which Grad-CAM looks: the last whose maps have places, before what pools them. Refuses a network without
    /// one.
    public String lastMap() {
        logitsLayer();
        return Layers.lastMap(network());
    }

    /// The layer whose values say what the network has made of a picture at last: that from which the logits are summed.
    public String featureLayer() {
        logitsLayer();
        return Layers.features(network());
    }

    /// What a class's logit is once a square hides part of the picture.
    public Occlusion.Logits occlusion(Picture picture, int label, Occlusion occlusion) {
        logitsLayer();
        try (var inference = Inference.of(model)) {
            return occlusion.of(inference, network().input(), prepared(picture), label);
        }
    }

    /// What a layer gives for a picture.
    public Activations activations(Picture picture, String layer) {
        var shape = Layers.shape(network(), layer);
        return new Activations(layer, shape, model.activations(prepared(picture), 1, List.of(layer)).get(layer));
    }

    @Override
    public void close() {
        model.close();
    }
}
