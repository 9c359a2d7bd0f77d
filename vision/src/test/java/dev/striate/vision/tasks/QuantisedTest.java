package dev.striate.vision.tasks;

import static dev.striate.graph.Options.noBias;
import static dev.striate.graph.Options.same;
import static org.assertj.core.api.Assertions.assertThat;

import dev.striate.data.scene.Scenes;
import dev.striate.data.set.DataSets;
import dev.striate.data.set.Splits;
import dev.striate.graph.Layer;
import dev.striate.graph.Network;
import dev.striate.graph.Op;
import dev.striate.graph.Size;
import dev.striate.plan.Calibration;
import dev.striate.recipe.Recipes;
import dev.striate.task.Task;
import dev.striate.torch.Device;
import dev.striate.vision.detect.ObjectDetection;
import dev.striate.vision.train.Event;
import dev.striate.vision.train.Run;
import dev.striate.weights.ModelFile;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A detector trained for seconds on scenes of one square each.
@Tag("native")
class QuantisedTest {
    private static final int SIDE = 48;

    @TempDir
    Path folder;

    @Test
    @Tag("slow")
    void aDetectorKeepsItsAveragePrecisionInInt8() {
        var pictures = DataSets.scenes(Scenes.ONE.withSize(Size.square(SIDE)).withClasses(1), false, 5, 160, 32);
        var model = trained(pictures);
        var quantised = Quantised.of(model, pictures.train(), 16, new Calibration(Calibration.Method.ENTROPY, 0.02));
        var cost = quantised.cost(pictures.test());

        assertThat(quantised.quantisation().layers()).as("of %s", quantised.quantisation().losses()).isNotEmpty();
        assertThat(cost.agreement()).isEmpty();
        assertThat(cost.float32().figures().score()).as("learnt").isGreaterThan(0.5);
        // A twentieth is one or two of 32 objects.
        assertThat(cost.rounded().figures().score()).isGreaterThan(cost.float32().figures().score() - 0.05);
        assertThat(cost.rounded().figures().values()).isNotEqualTo(cost.float32().figures().values());
    }

    private ModelFile trained(Splits pictures) {
        var task = new ObjectDetection(new Task.Detection(pictures.train().classes()));
        var recipe = Recipes.inEpochs(Recipes.recipe("yolo-small"), 40).withSeed(3);
        var run = Run.of(task, network(), pictures, "drawn",
                recipe.withPace(recipe.pace().withBatch(8).withAccumulation(1)));
        return ModelFile.read(Tasks.training(run, pictures, folder.resolve("run"), Device.CPU, Event.Listener.none())
                .run().model());
    }

    private static Network network() {
        var x = Layer.input(3, SIDE, SIDE);
        for (var filters : new int[] { 8, 16, 32 }) {
            x = x.conv(filters, 3, same(), noBias()).batchNorm().leakyRelu(0.1).maxPool(2);
        }
        x = x.conv(32, 3, same(), noBias()).batchNorm().leakyRelu(0.1);
        return x.conv(2 * 6, 1)
                .then(new Op.Detection("yolo", Map.of("anchors", "14,14, 26,26", "classes", "1", "num", "2")))
                .network("one square");
    }
}
