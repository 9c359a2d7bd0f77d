package dev.striate.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.striate.data.scene.Scenes;
import dev.striate.data.set.Targets;
import dev.striate.target.Target;
import dev.striate.vision.train.Event;
import dev.striate.zoo.Zoo;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Classes whose boxes were never shown are found all the same.
class JointTrainingTest {
    @TempDir
    private Path folder;

    @Test
    void noBoxOfAHiddenClassIsShown() {
        var splits = joint(50).splits(20);
        var train = splits.train();
        var boxed = IntStream.range(0, train.size()).filter(i -> train.target(i) instanceof Target.Objects).toArray();
        assertThat(boxed).hasSize(50);
        assertThat(IntStream.of(boxed).mapToObj(i -> Targets.summary(train.target(i), train.classes())))
                .noneMatch(names -> names.contains("ring") || names.contains("star"))
                .anyMatch(names -> names.contains("circle"));
        assertThat(train.size()).isEqualTo(100);
        assertThat(IntStream.range(0, splits.test().size())
                .mapToObj(i -> Targets.summary(splits.test().target(i), splits.test().classes())))
                .anyMatch(names -> names.contains("ring")).anyMatch(names -> names.contains("star"));
    }

    /// A detector that learns from boxes alone never says ring or star: their average precision is 0. A box that has the
    /// wrong kind and the right class above it counts for the latter, so that one is better than its kinds on average.
    @Test
    @Tag("native")
    @Tag("slow")
    void hiddenClassesAreFoundAndWhatIsAboveKindsIsFoundBetter() {
        var precision = joint(1000).run(12, 100, folder, Event.Listener.none());
        for (var hidden : JointTraining.WITHOUT_BOXES) {
            assertThat(precision.get(hidden)).as("the average precision of %s", hidden).isGreaterThan(0.3);
        }
        var words = JointTraining.SHAPES;
        for (var above : JointTraining.ABOVE) {
            var kinds = IntStream.of(words.tree().children(words.number(above))).mapToObj(words.names()::get);
            assertThat(precision.get(above)).as("the average precision of %s", above)
                    .isGreaterThan(kinds.mapToDouble(precision::get).average().orElseThrow());
        }
    }

    private static JointTraining joint(int pictures) {
        return new JointTraining(Scenes.USUAL.withObjects(1, 3), Zoo.network("yolov2_small"), pictures);
    }
}
