package dev.striate.vision.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.striate.StriateException;
import dev.striate.recipe.Objective;
import dev.striate.recipe.Recipes;
import dev.striate.task.Task;
import dev.striate.yolo.YoloHeads;
import dev.striate.zoo.Zoo;
import java.util.List;
import org.junit.jupiter.api.Test;

class ObjectDetectionTest {
    private static final ObjectDetection THREE = new ObjectDetection(new Task.Detection(List.of("a", "b", "c")));

    @Test
    void givesANetworksHeadsItsOwnClasses() {
        var fitted = THREE.fitted(Zoo.network("yolov3_tiny"));

        THREE.check(fitted);
        assertThat(YoloHeads.of(fitted).classes()).isEqualTo(3);
        assertThat(THREE.fitted(fitted)).isSameAs(fitted);
    }

    @Test
    void refusesAClassifierAndOtherClasses() {
        assertThatThrownBy(() -> THREE.fitted(Zoo.network("resnet20"))).isInstanceOf(StriateException.class)
                .hasMessage(
                        "Detection expects a network whose outputs are boxes, such as yolov3_tiny or a Darknet .cfg; "
                                + "resnet20 has [output].");
        assertThatThrownBy(() -> THREE.check(Zoo.network("yolov2_small")))
                .hasMessage("Detection of 3 classes expects outputs for as many; yolov2_small has outputs for 8.");
    }

    @Test
    void learnsBoxesByAnyRecipe() {
        assertThat(THREE.fitted(Recipes.recipe("quick"), Zoo.network("yolov3_small")).objective())
                .isEqualTo(new Objective.Yolo());
    }
}
