package dev.striate.vision.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.striate.box.Box;
import dev.striate.detect.Detection;
import dev.striate.target.Target;
import dev.striate.target.Target.LabelledBox;
import dev.striate.tree.WordTree;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TreePrecisionTest {
    private static final WordTree WORDS = WordTree.parse("round -1\nstraight -1\ncircle 0\nring 0\nsquare 1\n",
            "a.tree");
    private static final Box LEFT = new Box(0, 0, 10, 10);
    private static final Box RIGHT = new Box(20, 0, 30, 10);

    private TreePrecision precision;

    @BeforeEach
    void begin() {
        precision = new TreePrecision(WORDS.tree());
    }

    @Test
    void aRingTakenForACircleIsRound() {
        precision.add(truth(object(LEFT, "ring")), List.of(found(LEFT, "circle", 0.9)));
        assertThat(of("round")).isEqualTo(1);
        assertThat(of("ring")).isZero();
        assertThat(precision.of(WORDS.number("circle"))).isEmpty();
    }

    @Test
    void whatIsFoundAsRoundIsNoRing() {
        precision.add(truth(object(LEFT, "ring")), List.of(found(LEFT, "round", 0.9)));
        assertThat(of("round")).isEqualTo(1);
        assertThat(of("ring")).isZero();
    }

    /// A second box on the same object would be wrong: half of what is round so far, were it counted before the other.
    @Test
    void oneObjectFoundAsTwoKindsIsFoundOnceAbove() {
        precision.add(truth(object(LEFT, "ring"), object(RIGHT, "circle")),
                List.of(found(LEFT, "circle", 0.9), found(LEFT, "ring", 0.8), found(RIGHT, "circle", 0.7)));
        assertThat(of("round")).isEqualTo(1);
        assertThat(of("ring")).isEqualTo(1);
        assertThat(of("circle")).isEqualTo(0.5);
    }

    /// Round 1, straight 0 at the top; ring 0 and square 0 below.
    @Test
    void hasAMeanForEachDepth() {
        precision.add(truth(object(LEFT, "ring"), object(RIGHT, "square")), List.of(found(LEFT, "circle", 0.9)));
        assertThat(precision.deepest()).isEqualTo(1);
        assertThat(precision.mean(0)).hasValueCloseTo(0.5, within(1e-12));
        assertThat(precision.mean(1)).hasValueCloseTo(0.0, within(1e-12));
        assertThat(precision.mean(2)).isEmpty();
    }

    private double of(String name) {
        return precision.of(WORDS.number(name)).orElseThrow();
    }

    private static Target.Objects truth(LabelledBox... objects) {
        return new Target.Objects(Stream.of(objects).toList());
    }

    private static LabelledBox object(Box box, String name) {
        return new LabelledBox(box, WORDS.number(name));
    }

    private static Detection found(Box box, String name, double score) {
        return new Detection(box, WORDS.number(name), score);
    }
}
