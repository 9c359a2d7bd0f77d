package dev.striate.data.set;

import static org.assertj.core.api.Assertions.assertThat;

import dev.striate.data.scene.Scenes;
import dev.striate.target.Target;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("native")
class DrawnScenesTest {
    @Test
    void openByNameWithBoxesOneObjectOrMasks() {
        var boxes = DataSets.open("scenes");
        assertThat(boxes.train().size()).isEqualTo(10_000);
        assertThat(boxes.validation()).hasValueSatisfying(part -> assertThat(part.size()).isEqualTo(200));
        assertThat(boxes.test().size()).isEqualTo(400);
        assertThat(boxes.train().classes()).hasSize(8).isSorted();
        assertThat(boxes.train().picture(0)).hasToString("128×128 RGB");
        for (var i = 0; i < 50; i++) {
            assertThat(DataSets.open("scenes-one").train().target(i)).isInstanceOfSatisfying(Target.Objects.class,
                    one -> assertThat(one.boxes()).hasSize(1));
        }
        assertThat(DataSets.open("scenes-masks").train().classes()).hasSize(9).startsWith("background");
    }

    @Test
    void drawTheSamePicturesWithBoxesAsWithMasks() {
        var boxes = DataSets.scenes(Scenes.USUAL, false, 5, 4, 4);
        var masks = DataSets.scenes(Scenes.USUAL, true, 5, 4, 4);
        assertThat(masks.test().picture(3)).isEqualTo(boxes.test().picture(3));
    }

    @Test
    void drawOtherPicturesForEachPart() {
        var scenes = DataSets.open("scenes");
        assertThat(scenes.test().picture(3)).isNotEqualTo(scenes.train().picture(3))
                .isNotEqualTo(scenes.validation().orElseThrow().picture(3));
    }

    @Test
    void keepPicturesAndTargetsOnceDrawn() {
        var train = DataSets.open("scenes-masks").train();
        assertThat(train.target(3)).isSameAs(train.target(3));
        assertThat(train.picture(3)).isSameAs(train.picture(3));
    }
}
