package dev.striate.vision.detect.anchors;

import static org.assertj.core.api.Assertions.assertThat;

import dev.striate.box.Box;
import dev.striate.data.picture.Picture;
import dev.striate.data.set.DataSet;
import dev.striate.graph.Shape;
import dev.striate.graph.Size;
import dev.striate.recipe.Preprocessing;
import dev.striate.target.Target;
import dev.striate.target.Target.LabelledBox;
import dev.striate.target.Target.Objects;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Pictures of 200×200, which a network of 100×100 sees at half their size.
class ObjectWarningsTest {
    private static final Preprocessing HALF = Preprocessing.plain(new Shape(3, 100, 100), new Preprocessing.Stretch());

    @Test
    void tellsOfSmallObjectsAboveATwentieth() {
        // One of 20 is a twentieth, two of 20 are more; an object of 15 pixels has 7.5 in the input, one of 16 has 8.
        assertThat(warnings(1, objects(15, 1, 0), objects(16, 19, 0))).isEmpty();
        assertThat(warnings(1, objects(15, 2, 0), objects(16, 18, 0))).singleElement().asString()
                .startsWith("2 of 20 objects are smaller than 8 pixels at 100×100");
    }

    @Test
    void namesClassesWithFewerThanTenObjects() {
        assertThat(warnings(3, objects(60, 10, 0), objects(60, 9, 1))).containsExactly(
                "A class with fewer than 10 objects is hardly learnt: dog (9), bird (0).");
    }

    @Test
    void leavesOutPicturesWithoutListsOfObjects() {
        assertThat(warnings(1, new Target.Label(0), objects(60, 20, 0))).isEmpty();
    }

    private static List<String> warnings(int classes, Target... targets) {
        return ObjectWarnings.of(new Given(List.of(targets), classes), HALF);
    }

    private static Objects objects(int side, int count, int label) {
        return new Objects(Collections.nCopies(count, new LabelledBox(new Box(0, 0, side, side), label)));
    }

    private record Given(List<Target> targets, int classCount) implements DataSet {
        @Override
        public List<String> classes() {
            return List.of("cat", "dog", "bird").subList(0, classCount);
        }

        @Override
        public int size() {
            return targets.size();
        }

        @Override
        public Target target(int index) {
            return targets.get(index);
        }

        @Override
        public String name(int index) {
            return "given#" + index;
        }

        @Override
        public Picture picture(int index) {
            return Picture.black(200, 200, 3);
        }

        @Override
        public Size pictureSize(int index) {
            return Size.square(200);
        }
    }
}
