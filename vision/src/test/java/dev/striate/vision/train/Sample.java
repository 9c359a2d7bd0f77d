package dev.striate.vision.train;

import static dev.striate.graph.Options.noBias;
import static dev.striate.graph.Options.same;

import dev.striate.data.picture.Picture;
import dev.striate.data.picture.Pictures;
import dev.striate.data.set.DataSets;
import dev.striate.data.set.Splits;
import dev.striate.graph.Layer;
import dev.striate.graph.Network;
import dev.striate.random.RandomStream;
import dev.striate.measure.Goal;
import dev.striate.recipe.Augmentation;
import dev.striate.recipe.Averaging;
import dev.striate.recipe.Optimization;
import dev.striate.recipe.Initialisation;
import dev.striate.recipe.Optimizer;
import dev.striate.recipe.Regime;
import dev.striate.recipe.Recipe;
import dev.striate.recipe.Schedule;
import dev.striate.recipe.TrainingLength;
import dev.striate.recipe.Start;
import dev.striate.recipe.WeightDecay;
import dev.striate.vision.tasks.Tasks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Small pictures on disk and a small run over them with everything switched on that has a state.
public final class Sample {
    public static final int SIDE = 12;

    private Sample() {}

    /// Noisy pictures of upright and of level stripes, in `train` and `test` folders of two classes.
    public static Path pictures(Path folder, int perClass) throws IOException {
        for (var part : List.of("train", "test")) {
            for (var label : List.of("level", "upright")) {
                var place = Files.createDirectories(folder.resolve(part).resolve(label));
                for (var i = 0; i < perClass; i++) {
                    var name = part + label + i;
                    Pictures.write(stripes(label.equals("level"), name), place.resolve(i + ".png"));
                }
            }
        }
        return folder;
    }

    private static Picture stripes(boolean level, String name) {
        var noise = RandomStream.of(5).at(name);
        var pixels = new byte[SIDE * SIDE * 3];
        for (var i = 0; i < pixels.length; i++) {
            var place = i / 3;
            var bright = (level ? place / SIDE : place % SIDE) % 4 < 2;
            pixels[i] = (byte) ((bright ? 140 : 90) + 80 * (noise.uniform(i) - 0.5));
        }
        return new Picture(SIDE, SIDE, 3, pixels);
    }

    public static Splits open(Path folder) {
        return DataSets.open(folder);
    }

    public static Network network() {
        return Layer.input(3, SIDE, SIDE)
                .at("conv1").conv(8, 3, same(), noBias()).at("bn1").batchNorm().at("relu1").relu()
                .at("pool1").maxPool(2)
                .at("conv2").conv(8, 3, same(), noBias()).at("bn2").batchNorm().at("relu2").relu()
                .globalAvgPool().flatten()
                .at("drop").dropout(0.2)
                .at("fc").linear(2)
                .network("sample");
    }

    /// Augmentation, dropout, momentum, an average, accumulation and a schedule that remembers.
    public static Recipe recipe(int epochs) {
        var descent = Optimization.of(Optimizer.nesterov(0.9), 0.05, WeightDecay.ofWeights(1e-3))
                .withAveraging(new Averaging.Exponential(0.9, true));
        var pace = Regime.of(TrainingLength.epochs(epochs), 4, new Schedule.Plateau(0.5, 0, 0.01, Goal.LOWER))
                .withAccumulation(2);
        var augmentations = List.<Augmentation>of(new Augmentation.PadCrop(2), Augmentation.horizontalFlip(),
                new Augmentation.ColourJitter(0.2, 0.2, 0.2, 0.05));
        return Recipe.of("sample", descent, pace, augmentations, Start.of(new Initialisation.HeFanIn()).withSeed(3));
    }

    public static Run run(Splits splits, Path data, int epochs) {
        return Tasks.run(network(), splits, data.toString(), recipe(epochs));
    }
}
