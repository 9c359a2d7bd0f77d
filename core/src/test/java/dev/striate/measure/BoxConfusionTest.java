package dev.striate.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.striate.StriateException;
import dev.striate.box.Box;
import dev.striate.detect.Detection;
import dev.striate.target.Target.LabelledBox;
import dev.striate.target.Target.Objects;
import java.util.List;
import org.junit.jupiter.api.Test;

class BoxConfusionTest {
    private static final int CAT = 0;
    private static final int DOG = 1;
    private static final Box A = new Box(0, 0, 10, 10);
    private static final Box B = new Box(20, 0, 30, 10);
    private static final Box NOWHERE = new Box(50, 50, 60, 60);

    @Test
    void countsRightWrongMissedAndInvented() {
        var confusion = BoxConfusion.empty(2, .25);
        confusion.add(objects(new LabelledBox(A, CAT), new LabelledBox(B, DOG)),
                List.of(new Detection(A, CAT, .9), new Detection(B, CAT, .8), new Detection(NOWHERE, DOG, .7)));
        confusion.add(objects(new LabelledBox(A, DOG)), List.of(new Detection(A, DOG, .2)));

        assertThat(confusion.counts()).isDeepEqualTo(new long[][] {
                { 1, 0, 0 }, // the cat is a cat
                { 1, 0, 1 }, // one dog is a cat, one is missed since its score is too low
                { 0, 1, 0 } }); // a dog where nothing is
        assertThat(confusion.background()).isEqualTo(2);
    }

    @Test
    void givesAnObjectToTheBetterOfTwoDetectionsWhateverTheirClass() {
        var confusion = BoxConfusion.empty(2, 0);
        confusion.add(objects(new LabelledBox(A, CAT)),
                List.of(new Detection(A, CAT, .6), new Detection(new Box(0, 0, 10, 5), DOG, .7)));

        assertThat(confusion.counts()).isDeepEqualTo(new long[][] { { 0, 1, 0 }, { 0, 0, 0 }, { 1, 0, 0 } });
    }

    @Test
    void countsNothingForDifficultObjects() {
        var confusion = BoxConfusion.empty(2, 0);
        confusion.add(objects(new LabelledBox(A, CAT, true), new LabelledBox(B, CAT, true)),
                List.of(new Detection(A, DOG, .6)));

        assertThat(confusion.counts()).isDeepEqualTo(new long[3][3]);
    }

    @Test
    void takesAPictureWithoutObjects() {
        var confusion = BoxConfusion.empty(1, 0);
        confusion.add(objects(), List.of());
        confusion.add(objects(), List.of(new Detection(A, 0, .6)));

        assertThat(confusion.counts()).isDeepEqualTo(new long[][] { { 0, 0 }, { 1, 0 } });
    }

    @Test
    void refusesAClassThatItDoesNotHave() {
        assertThatThrownBy(() -> BoxConfusion.empty(2, 0).add(objects(), List.of(new Detection(A, 2, .5))))
                .isInstanceOf(StriateException.class)
                .hasMessage("Classes from 0 to 1 were expected; a detection has the class 2.");
    }

    private static Objects objects(LabelledBox... boxes) {
        return new Objects(List.of(boxes));
    }
}
