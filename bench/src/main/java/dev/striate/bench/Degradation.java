package dev.striate.bench;

import dev.striate.data.picture.Pictures;
import dev.striate.data.set.DataSets;
import dev.striate.data.set.Splits;
import dev.striate.recipe.Recipe;
import dev.striate.recipe.Recipes;
import dev.striate.torch.Device;
import dev.striate.vision.train.Event;
import dev.striate.vision.train.Epoch;
import dev.striate.vision.train.Run;
import dev.striate.vision.train.Training;
import dev.striate.vision.report.Curves;
import dev.striate.vision.report.Curves.Panel;
import dev.striate.vision.report.Curves.Series;
import dev.striate.vision.tasks.Tasks;
import dev.striate.zoo.Zoo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// The degradation experiment (He et al. 2015, §4.2, figure 6): without shortcuts a deeper network trains worse, with
/// them it does not. Draws the training errors of the plain and the residual networks of 20 and 56 layers on CIFAR-10.
///
/// `Degradation CIFAR10.zip [PICTURES EPOCHS BATCH [PLOT.png]]`; 4,000 pictures and 8 epochs of batches of 32 unless told.
public final class Degradation {
    private static final int TESTED = 500;

    private Degradation() {}

    public static void main(String[] arguments) throws IOException {
        var pictures = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 4_000;
        var epochs = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 8;
        var batch = arguments.length > 3 ? Integer.parseInt(arguments[3]) : 32;
        var plot = Path.of(arguments.length > 4 ? arguments[4] : "degradation.png");
        var all = DataSets.open(arguments[0]);
        var splits = new Splits(all.name(), all.train().limit(pictures), all.validation(), all.test().limit(TESTED),
                all.given());
        var recipe = recipe(epochs, batch);
        Pictures.write(Curves.draw(List.of(panel("plain", splits, recipe), panel("resnet", splits, recipe))), plot);
        System.out.println("Drawn into " + plot + ".");
    }

    /// The paper's recipe for CIFAR, its falls at the same shares of a shorter run.
    private static Recipe recipe(int epochs, int batch) {
        var recipe = Recipes.inEpochs(Recipes.recipe("resnet-cifar"), epochs);
        return recipe.withPace(recipe.pace().withBatch(batch));
    }

    private static Panel panel(String kind, Splits splits, Recipe recipe) throws IOException {
        return Panel.of(kind + ": training error, %", "epoch",
                Stream.of(curve(kind + "20", splits, recipe), curve(kind + "56", splits, recipe))
                        .toArray(Series[]::new));
    }

    /// The error on the pictures as they are trained on, augmented, over each epoch.
    private static Series curve(String name, Splits splits, Recipe recipe) throws IOException {
        var epochs = new ArrayList<Epoch>();
        Event.Listener listener = event -> {
            if (event instanceof Event.EpochEnded(var epoch, var _)) {
                epochs.add(epoch);
                System.out.printf("%s epoch %d: training error %.1f %%, loss %.3f; test error %.1f %%%n", name,
                        epoch.number(), error(epoch.training().get("accuracy")), epoch.training().get("loss"),
                        error(epoch.validation().get("accuracy")));
            }
        };
        var run = Tasks.run(Zoo.network(name), splits, "", recipe);
        Tasks.training(run, splits, Files.createTempDirectory("degradation"), Device.CPU, listener).run();
        return new Series(name, epochs.stream().mapToDouble(Epoch::number).toArray(),
                epochs.stream().mapToDouble(epoch -> error(epoch.training().get("accuracy"))).toArray());
    }

    private static double error(double accuracy) {
        return 100 * (1 - accuracy);
    }
}
