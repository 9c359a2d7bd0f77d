package dev.striate.vision.demo;

import dev.striate.data.picture.Pictures;
import dev.striate.data.set.DataSet;
import dev.striate.data.set.DataSets;
import dev.striate.recipe.Augmentation.Rotation;
import dev.striate.recipe.Augmentation.Translation;
import dev.striate.recipe.Loss;
import dev.striate.recipe.Recipes;
import dev.striate.torch.Device;
import dev.striate.vision.Inference;
import dev.striate.vision.classify.Classifier;
import dev.striate.vision.explain.Activations;
import dev.striate.vision.explain.Explainer;
import dev.striate.vision.tasks.Tasks;
import dev.striate.vision.train.Event;
import dev.striate.vision.train.Run;
import dev.striate.zoo.Zoo;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// The first thing to try, which needs neither data nor the internet: LeNet-5 learns digits that the program draws, and
/// one picture shows what it says about some it has not seen, and how it comes to that.
///
/// @param seconds of training and evaluation
/// @param pictures that it was tried on and had not seen
public record Demo(double accuracy, double seconds, int pictures, Path model, Path sample) {
    private static final String DATA = "digits";
    private static final String NETWORK = "lenet5";
    private static final int EPOCHS = 8;
    private static final int BATCH = 64;
    private static final int SHOWN = 24;
    /// At most so many of the pictures shown are ones that it takes for another digit.
    private static final int WRONG = 3;

    private static final List<String> LAYERS = List.of("input", "relu1", "s2", "relu2", "s4", "output");

    /// What the network said about a picture.
    record Guess(int index, String truth, Classifier.Prediction first) {
        boolean right() {
            return truth.equals(first.label());
        }
    }

    /// Trains in a new folder below `runs` and draws what came of it into `picture`.
    public static Demo run(Path runs, Path picture, Event.Listener listener) {
        var splits = DataSets.open(DATA);
        var quick = Recipes.inEpochs(Recipes.recipe("quick"), EPOCHS);
        var recipe = quick.withPace(quick.pace().withBatch(BATCH)).withLoss(Loss.crossEntropy())
                .withAugmentations(List.of(new Rotation(8), new Translation(0.08)));
        var folder = Run.newFolder(runs, NETWORK, DATA);
        var run = Tasks.run(Zoo.network(NETWORK), splits, DATA, recipe);
        var start = System.nanoTime();
        var outcome = Tasks.training(run, splits, folder, Device.CPU, listener).run();
        var seconds = (System.nanoTime() - start) / 1e9;
        var sample = folder.resolve("digit.png");
        var test = splits.test();
        try (var classifier = Classifier.open(outcome.model(), Device.CPU, Inference.Engine.TORCH)) {
            var accuracy = classifier.evaluate(test).accuracy();
            var guesses = guesses(classifier, test);
            var looked = guesses.stream().filter(Guess::right)
                    .max(Comparator.comparingDouble(guess -> guess.first().probability()))
                    .orElse(guesses.getFirst());
            Pictures.write(test.picture(looked.index()), sample);
            var demo = new Demo(accuracy, seconds, test.size(), outcome.model(), sample);
            var file = classifier.file();
            var filters = file.tensors().get("c1.weight");
            List<Activations> layers;
            try (var explainer = Explainer.of(file, Device.CPU)) {
                layers = LAYERS.stream().map(layer -> explainer.activations(test.picture(looked.index()), layer))
                        .toList();
            }
            Pictures.write(Poster.draw(demo, splits.train().size(), test, guesses, filters, layers), picture);
            return demo;
        }
    }

    /// The pictures to show: a few that it gets wrong, where there are any, among those it gets right.
    private static List<Guess> guesses(Classifier classifier, DataSet test) {
        var right = new ArrayList<Guess>();
        var wrong = new ArrayList<Guess>();
        for (var i = 0; i < test.size() && (right.size() < SHOWN || wrong.size() < WRONG); i++) {
            var guess = new Guess(i, test.classes().get(test.label(i)), classifier.predict(test.picture(i)).getFirst());
            (guess.right() ? right : wrong).add(guess);
        }
        var shown = new ArrayList<>(right.subList(0, Math.min(right.size(), SHOWN - Math.min(WRONG, wrong.size()))));
        for (var i = 0; i < Math.min(WRONG, wrong.size()); i++) shown.add(7 * (i + 1) - 1, wrong.get(i));
        return shown;
    }
}
