package dev.striate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.striate.graph.Size;
import dev.striate.recipe.Augmentation;
import dev.striate.recipe.InputSizes;
import dev.striate.recipe.Preprocessing;
import dev.striate.vision.train.Run;
import dev.striate.weights.ModelFile;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The options of `striate train` that say how a detector sees its pictures.
@Tag("native")
class TrainDetectorTest {
    private final Striate striate = new Striate();

    @TempDir
    Path folder;
    private Path run;

    @BeforeEach
    void nameTheRun() {
        run = folder.resolve("run");
    }

    @Test
    @Tag("slow")
    void theWayToTheInputStaysWithTheModel() {
        striate.json(train("--fit stretch"));

        assertThat(fit(run)).isEqualTo(new Preprocessing.Stretch());
        assertThat(Run.read(run).preprocessing().fit()).isEqualTo(new Preprocessing.Stretch());
        striate.json("evaluate " + run + " --data scenes --limit 8 --device cpu");
        var tuned = folder.resolve("tuned");
        striate.json(tune("--input 3x96x96", tuned));
        assertThat(fit(tuned)).as("the model's own, at another size").isEqualTo(new Preprocessing.Stretch());
        assertThat(ModelFile.read(Run.model(tuned)).preprocessing().input().size()).isEqualTo(Size.square(96));
        var told = folder.resolve("told");
        striate.json(tune("--fit letterbox", told));
        assertThat(fit(told)).isEqualTo(Preprocessing.Letterbox.DARKNET);
        striate.refuses(2, "Expected letterbox or stretch; received 'crop'", train("--fit crop"));
        striate.refuses(2, "takes no --fit", "train --resume " + run + " --fit stretch");
    }

    @Test
    @Tag("slow")
    void trainsAtSeveralSizesAndOnMosaicsAndCanBeResumed() {
        striate.json(train("--multi-scale 64-128 --mosaic 0.5"));

        var recipe = Run.read(run).recipe();
        assertThat(recipe.pace().sizes()).isEqualTo(new InputSizes.Random(64, 128, 32, 10));
        assertThat(recipe.augmentations()).contains(new Augmentation.Mosaic(0.5));
        assertThat(striate.execute("train --resume " + run + " --device cpu")).as(striate.err()).isZero();
        striate.json("evaluate " + run + " --data scenes --limit 8 --device cpu");
    }

    @Test
    void refusesSizesThatTheNetworkCannotTake() {
        striate.refuses(2, "Expected sides as in 320-608", train("--multi-scale 320"));
        striate.refuses(1, "without fully connected layers",
                "train --model yolov1_small --data scenes --limit 8 --multi-scale 96-128 --out " + run);
        assertThat(run).doesNotExist();
    }

    /// A paper's sizes are for networks that can; others train at their own.
    @Test
    void thePapersRecipeLeavesItsSizesOutForFullyConnectedLayers() {
        striate.json("train --model yolov1_small --data scenes --limit 8 --recipe yolo --batch-size 8 --dry-run "
                + "--device cpu");
        assertThat(striate.err()).containsPattern("pace.sizes +Own");
    }

    @Test
    @Tag("slow")
    void tellsOfClassesWithFewObjects() {
        striate.json(train(""));
        assertThat(striate.err()).contains("A class with fewer than 10 objects is hardly learnt: ");
    }

    @Test
    void drawsMosaics() {
        var png = folder.resolve("mosaics.png");
        assertThat(striate.execute("preview scenes --recipe yolo-small --mosaic 1 --rows 2 --out " + png)).isZero();
        assertThat(png).isNotEmptyFile();
    }

    private String train(String options) {
        return "train --model yolov3_small --data scenes --limit 8 --batch-size 4 --epochs 1 --device cpu --out " + run
                + " " + options;
    }

    private String tune(String options, Path place) {
        return "train --from " + run + " --data scenes --limit 8 --recipe yolo-small --batch-size 4 --epochs 1 "
                + "--device cpu --out " + place + " " + options;
    }

    private static Preprocessing.Fit fit(Path run) {
        return ModelFile.read(Run.model(run)).preprocessing().fit();
    }
}
