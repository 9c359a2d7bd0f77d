package dev.striate.vision.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.striate.StriateException;
import dev.striate.data.scene.Scenes;
import dev.striate.data.set.DataSet;
import dev.striate.data.set.DataSets;
import dev.striate.data.set.Splits;
import dev.striate.data.set.Wrapped;
import dev.striate.graph.Layer;
import dev.striate.graph.Network;
import dev.striate.graph.Op;
import dev.striate.graph.Size;
import dev.striate.recipe.Recipes;
import dev.striate.recipe.TrainingLength;
import dev.striate.target.Target;
import dev.striate.torch.Device;
import dev.striate.tree.WordTree;
import dev.striate.vision.detect.Detector;
import dev.striate.vision.train.Event;
import dev.striate.vision.train.Outcome;
import dev.striate.vision.train.Run;
import dev.striate.weights.ModelFile;
import dev.striate.yolo.YoloHeads;
import dev.striate.zoo.Zoo;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Pictures with boxes and pictures with a class alone train one network.
@Tag("native")
class JointTrainingTest {
    private static final WordTree WORDS = WordTree.parse("round -1\nangular -1\ncircle 0\ncrescent 0\ncross 1\n",
            "a.tree");

    @TempDir
    private Path folder;

    @Test
    void bothKindsOfPicturesTrainOneNetwork() {
        var splits = Splits.joined(List.of(scenes(3, 24), labelled(scenes(3, 8))));

        var outcome = trained(splits);

        assertThat(outcome.best().validation().values()).containsKeys("mAP50", "mAP50Depth0", "mAP50Depth1")
                .doesNotContainKey("mAP50Depth2");
        var model = ModelFile.read(folder.resolve("model.safetensors"));
        assertThat(model.labels()).isEqualTo(WORDS.names());
        assertThat(YoloHeads.of(model.network()).tree()).hasValue(WORDS.tree());
        assertThat(folder.resolve("classes.csv")).content().contains("ap50_with_below", "\nround,", "\ncrescent,");
        try (var detector = Detector.open(folder)) {
            var measured = detector.evaluate(splits.test());
            assertThat(measured.pictures().size()).isEqualTo(4);
            assertThat(measured.figures().get("mAP50Depth0"))
                    .isEqualTo(outcome.best().validation().get("mAP50Depth0"));
        }
    }

    @Test
    void refusesAClassThatIsNotInTheTree() {
        assertThatThrownBy(() -> trained(scenes(4, 24))).isInstanceOf(StriateException.class)
                .hasMessage(
                        "Pictures of some of the 5 classes round, angular, circle, crescent and 1 more were expected; "
                                + "received some of the class 'heart'.");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void refusesPicturesOfWhichNoneHasBoxes() {
        assertThatThrownBy(() -> trained(labelled(scenes(3, 24)))).isInstanceOf(StriateException.class)
                .hasMessage("Detection expects boxes for each picture; scenes#0 has a class.");
    }

    @Test
    void aHeadWithoutATreeCannotHaveOne() {
        assertThatThrownBy(() -> Tasks.of(WORDS).fitted(Zoo.network("yolov1_small")))
                .isInstanceOf(StriateException.class)
                .hasMessageStartingWith("A tree of classes expects a network whose output is a [region] layer");
    }

    private Outcome trained(Splits splits) {
        var recipe = Recipes.recipe("yolo-small");
        var pace = recipe.pace().withBatch(8).withLength(TrainingLength.epochs(1));
        var task = Tasks.of(WORDS);
        var run = Run.of(task, task.fitted(network()), splits, "scenes + scenes-one", recipe.withPace(pace));
        return Tasks.training(run, splits, folder, Device.CPU, Event.Listener.none()).run();
    }

    private static Network network() {
        var settings = Map.of("anchors", "1.2,1.2, 2,2", "num", "2", "classes", "1", "softmax", "1", "bias_match", "1");
        return Layer.input(3, 32, 32).conv(8, 3).relu().maxPool(8).conv(12, 1)
                .then(new Op.Detection("region", settings)).network("small");
    }

    private static Splits scenes(int classes, int count) {
        return DataSets.scenes(Scenes.USUAL.withSize(Size.square(32)).withObjects(1, 1).withClasses(classes), false, 0,
                count, 4);
    }

    private static Splits labelled(Splits splits) {
        return new Splits(splits.name(), new Labels(splits.train()), Optional.empty(), new Labels(splits.test()), true);
    }

    /// Only the class of a picture's first object.
    private record Labels(DataSet whole) implements Wrapped {
        @Override
        public Target target(int index) {
            return new Target.Label(((Target.Objects) whole.target(index)).boxes().getFirst().label());
        }
    }
}
