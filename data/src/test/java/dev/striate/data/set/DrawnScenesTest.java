package dev.striate.data.set;

import static org.assertj.core.api.Assertions.assertThat;

import dev.striate.target.Target;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("native")
class DrawnScenesTest {
    @Test
    void openByNameWithBoxesOneObjectOrMasks() {
        var boxes = DataSets.open("scenes");
        assertThat(boxes.train().size()).isEqualTo(10_000);
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
        assertThat(DataSets.open("scenes-masks").test().picture(3))
                .isEqualTo(DataSets.open("scenes").test().picture(3));
        assertThat(DataSets.open("scenes").test().picture(3)).isNotEqualTo(DataSets.open("scenes").train().picture(3));
    }

    @Test
    void keepPicturesAndTargetsOnceDrawn() {
        var train = DataSets.open("scenes-masks").train();
        assertThat(train.target(3)).isSameAs(train.target(3));
        assertThat(train.picture(3)).isSameAs(train.picture(3));
    }
}
