package dev.striate.vision.classify;

import dev.striate.StriateException;
import dev.striate.data.batch.Batch;
import dev.striate.data.batch.Loader;
import dev.striate.data.batch.Loading;
import dev.striate.data.batch.Preparation;
import dev.striate.data.picture.Picture;
import dev.striate.data.picture.Pictures;
import dev.striate.data.set.DataSet;
import dev.striate.data.set.PictureFiles;
import dev.striate.graph.Network;
import dev.striate.graph.Op;
import dev.striate.recipe.Preprocessing;
import dev.striate.recipe.Recipes;
import dev.striate.recipe.Views;
import dev.striate.torch.Device;
import dev.striate.vision.Inference;
import dev.striate.vision.Inferences;
import dev.striate.vision.Running;
import dev.striate.vision.train.Run;
import dev.striate.weights.ModelFile;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/// A trained classifier, opened from its file: says what is in a picture.
public final class Classifier implements AutoCloseable {
    /// Fewer pictures run one by one: a plan for batches packs its weights first.
    private static final int FEW = 8;
    private static final int BATCH = 32;

    private final ModelFile file;
    private final Preparation preparation;
    private final Inference inference;
    private final Reading reading;

    /// One answer: a label and its probability.
    public record Prediction(String label, double probability) {}

    private Classifier(ModelFile file, Inference inference) {
        this.file = file;
        this.inference = inference;
        preparation = new Preparation(file.preprocessing());
        reading = Reading.of(file.network());
    }

    /// Opens a model file, or the best model of a run's folder, on the CPU.
    public static Classifier open(Path model) {
        return open(model, Running.USUAL);
    }

    /// The same on another device; the CPU runs a compiled plan, a GPU libtorch.
    public static Classifier open(Path model, Device device) {
        return open(model, new Running(device));
    }

    /// The same on another engine. A quantised model runs in int8 as a plan, in float32 on libtorch.
    public static Classifier open(Path model, Device device, Inference.Engine engine) {
        return open(model, new Running(device, engine));
    }

    /// The same in other numbers.
    public static Classifier open(Path model, Running running) {
        var file = ModelFile.read(Run.model(model));
        checkOutputs(file.network());
        return new Classifier(file, Inferences.open(file, running));
    }

    private static void checkOutputs(Network network) {
        var outputs = network.atInference().outputs().keySet();
        var detects = network.nodes().get(network.output()).op() instanceof Op.Detection;
        if (outputs.size() == 1 && !detects) return;
        throw new StriateException("A classifier expects a network with one output, a value for each class; "
                + network.name() + (detects ? " detects objects" : "") + " with the outputs " + outputs + ".");
    }

    /// All labels with their probabilities, the likeliest first. Of a tree of classes the first is where the descent ends, the
    /// others are the leaves, the likeliest first.
    public List<Prediction> predict(Picture picture) {
        try (var arena = Arena.ofConfined()) {
            var pixels = preparation.prepared(picture, arena);
            return ranked(inference.run(pixels, 1).main());
        }
    }

    /// The same for a picture's file.
    public List<Prediction> predict(Path picture) {
        return predict(Pictures.read(picture));
    }

    /// The first `top` of them.
    public List<Prediction> predict(Path picture, int top) {
        return predict(picture).stream().limit(top).toList();
    }

    /// What is in each of many files, in their order: the first `top` labels, or why a file could not be read. Threads
    /// decode ahead of the batches that run.
    public List<Answer> predict(List<Path> pictures, int top) {
        if (top < 1) throw new StriateException("At least one answer for a picture is expected; received " + top + ".");
        if (pictures.isEmpty()) return List.of();
        var files = new Tolerant(new PictureFiles(pictures));
        var answers = new ArrayList<Answer>();
        var loading = Loading.evaluation(pictures.size() < FEW ? 1 : Math.min(BATCH, pictures.size()));
        try (var loader = Loader.of(files, preparation, loading)) {
            while (loader.hasNext()) {
                try (var batch = loader.next()) {
                    answers.addAll(answers(pictures, files, batch, top));
                }
            }
        }
        return answers;
    }

    private List<Answer> answers(List<Path> pictures, Tolerant read, Batch batch, int top) {
        var logits = inference.run(batch.pixels(), batch.size()).main();
        var classes = logits.length / batch.size();
        return IntStream.range(0, batch.size()).mapToObj(i -> {
            var index = batch.indices()[i];
            var picture = pictures.get(index);
            var own = Arrays.copyOfRange(logits, i * classes, (i + 1) * classes);
            return read.failure(index).<Answer>map(why -> new Answer.Unreadable(picture, why))
                    .orElseGet(() -> new Answer.Predicted(picture, ranked(own).stream().limit(top).toList()));
        }).toList();
    }

    /// Measures on labelled pictures; classes are matched by name, so that their order in the set does not matter, and of a
    /// tree may be some. A model without labels takes the set's classes in their order.
    public Evaluation evaluate(DataSet pictures) {
        return evaluate(pictures, new Views.One());
    }

    /// Measures by several views of each picture, whose probabilities are averaged.
    public Evaluation evaluate(DataSet pictures, Views views) {
        return Evaluation.of(inference, reading, preparation, inOrder(pictures), views);
    }

    /// What the final test of the paper that the model was trained by looks at; refuses where that is not known.
    public Views recipeViews() {
        var recipe = file.recipe().orElseThrow(() -> new StriateException("The views of a model's recipe were asked "
                + "for; the model does not say what recipe it was trained by."));
        return Recipes.read(recipe, "the model's recipe").views();
    }

    /// Four corners and the middle, each with its mirror image, out of the picture as large as the preprocessing makes it
    /// or, where that cuts nothing away, 256/224 as large as the input (Krizhevsky et al. 2012, §4.1).
    public Views tenCrops() {
        var input = file.preprocessing().input();
        var side = file.preprocessing().fit() instanceof Preprocessing.CenterCrop(var shortSide) ? shortSide
                : Preprocessing.CenterCrop.usual(Math.max(input.height(), input.width())).shortSide();
        return new Views.MultiCrop(List.of(side), Views.Crops.CORNERS_AND_CENTRE, true);
    }

    DataSet inOrder(DataSet pictures) {
        if (reading.tree().isPresent() && !file.labels().isEmpty()) return pictures.among(file.labels());
        if (!file.labels().isEmpty()) return pictures.withClasses(file.labels());
        Heads.check(file.network(), pictures.classes());
        return pictures;
    }

    private List<Prediction> ranked(float[] logits) {
        var probabilities = reading.probabilities(logits);
        return Arrays.stream(reading.ranked(probabilities))
                .mapToObj(k -> new Prediction(label(k), probabilities[k]))
                .toList();
    }

    /// The probabilities of logits: `exp(z_k) / Σ exp(z_j)`.
    public static double[] softmax(float[] logits) {
        var largest = Double.NEGATIVE_INFINITY;
        for (var logit : logits) largest = Math.max(largest, logit);
        var probabilities = new double[logits.length];
        var sum = 0.0;
        for (var k = 0; k < logits.length; k++) sum += probabilities[k] = Math.exp(logits[k] - largest);
        for (var k = 0; k < logits.length; k++) probabilities[k] /= sum;
        return probabilities;
    }

    private String label(int k) {
        return k < file.labels().size() ? file.labels().get(k) : "class " + k;
    }

    public ModelFile file() {
        return file;
    }

    /// How pictures become this classifier's input.
    public Preparation preparation() {
        return preparation;
    }

    public Inference inference() {
        return inference;
    }

    @Override
    public void close() {
        inference.close();
    }
}
