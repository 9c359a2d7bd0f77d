package dev.striate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.striate.graph.Size;
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
