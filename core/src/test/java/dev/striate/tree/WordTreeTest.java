package dev.striate.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.striate.StriateException;
import dev.striate.fixtures.SharedFiles;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class WordTreeTest {
    private static final WordTree ANIMALS = parse(
            "animal -1\nthing -1\ndog 0\ncat 0\nterrier 2\nhound 2\nfire engine 1\n");

    @Test
    @Tag("shared")
    void givesDarknetsProbabilities() {
        var words = WordTree.read(SharedFiles.file("fixtures/darknet-mini/tree.txt"));
        var worked = JsonMapper.shared().readTree(SharedFiles.file("fixtures/darknet-mini/yolo9000.json")).get("tree");

        var conditional = words.tree().conditional(numbers(worked.get("logits")));

        assertThat(conditional).containsExactly(numbers(worked.get("conditional")), within(1e-6));
        assertThat(words.tree().absolute(conditional)).containsExactly(numbers(worked.get("absolute")), within(1e-6));
    }

    @Test
    @Tag("shared")
    void siblingsOfTheTreeOfNineThousandShareOne() {
        var words = WordTree.read(SharedFiles.file("data/darknet/9k.tree"));
        assertThat(words.names()).hasSize(9418);
        var tree = words.tree();
        var random = new Random(7);

        var conditional = tree.conditional(random.doubles(tree.size(), -3, 3).toArray());

        for (var k = 0; k < tree.size(); k++) {
            assertThat(Arrays.stream(tree.siblings(k)).mapToDouble(i -> conditional[i]).sum())
                    .as("the siblings of %s", words.names().get(k)).isCloseTo(1, within(1e-9));
        }
        assertThat(ClassTree.parse(tree.text())).isEqualTo(tree);
    }

    @Test
    void aNameMayHaveSpacesAndLinesMayBeEmpty() {
        assertThat(parse("\nthing -1\n\n  fire   engine\t0  \r\n").names()).containsExactly("thing", "fire   engine");
    }

    @Test
    void knowsWhoIsAboveAndBelow() {
        var tree = ANIMALS.tree();
        assertThat(tree.path(ANIMALS.number("hound"))).containsExactly(0, 2, 5);
        assertThat(tree.children(0)).containsExactly(2, 3);
        assertThat(tree.siblings(0)).containsExactly(0, 1);
        assertThat(tree.depth(5)).isEqualTo(2);
        assertThat(tree.deepest()).isEqualTo(2);
    }

    @Test
    void childrenNeedNotStandTogether() {
        var tree = parse("animal -1\ndog 0\nterrier 1\ncat 0\n").tree();
        assertThat(tree.children(0)).containsExactly(1, 3);
        assertThat(tree.conditional(new double[] { 5, 0, 7, 0 })).containsExactly(1, 0.5, 1, 0.5);
    }

    /// Absolute probabilities: animal 0.8, dog 0.6, terrier 0.36, hound 0.24, cat 0.2.
    @ParameterizedTest
    @CsvSource({ "0.1, terrier", "0.35, terrier", "0.36, dog", "0.5, dog", "0.6, animal", "0.9, animal" })
    void goesDownWhileTheBestChildIsAboveTheThreshold(double threshold, String expected) {
        var absolute = new double[] { 0.8, 0.2, 0.6, 0.2, 0.36, 0.24, 0.2 };
        assertThat(ANIMALS.names().get(ANIMALS.tree().descend(absolute, threshold))).isEqualTo(expected);
    }

    @Test
    void largeNumbersStayFinite() {
        assertThat(ANIMALS.tree().conditional(new double[] { 1000, 1000, 900, -1000, 0, 0, 0 }))
                .containsExactly(0.5, 0.5, 1, 0, 0.5, 0.5, 1);
    }

    @Test
    void aTreeHasAShortText() {
        assertThat(ANIMALS.tree().text()).isEqualTo("-1*2,0*2,2*2,1");
        assertThat(ClassTree.parse("-1*2, 0*2,2*2,1")).isEqualTo(ANIMALS.tree());
    }

    @Test
    void refusesATextThatIsNoTree() {
        assertThatThrownBy(() -> ClassTree.parse("-1*2,a*3")).isInstanceOf(StriateException.class)
                .hasMessage(
                        "A tree's parents are expected as numbers, each with how often it repeats, as in -1*2,0,1*3; "
                                + "received 'a*3'.");
        assertThatThrownBy(() -> ClassTree.parse("-1,1")).isInstanceOf(StriateException.class)
                .hasMessage("A tree of classes expects the parent of class 1 to be one before it, or -1 for none; "
                        + "received 1.");
    }

    @Test
    void refusesNumbersOfAnotherTree() {
        assertThatThrownBy(() -> ANIMALS.tree().conditional(new double[3])).isInstanceOf(StriateException.class)
                .hasMessage("A number for each of the tree's 7 classes was expected; received 3.");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "''|a.tree: expected a tree of class names, a name and the number of its parent to a line; received none.",
            "'animal -1\ndog 2\ncat 0'|a.tree, line 2: expected the number of an earlier name as the parent of 'dog', 0 to "
                    + "0, or -1 for none; received 2.",
            "'animal 1\ndog 0'|a.tree, line 1: expected the number of an earlier name as the parent of 'animal', or -1 for "
                    + "none; received 1.",
            "'animal -1\ndog 1'|a.tree, line 2: expected the number of an earlier name as the parent of 'dog', 0 to 0, or "
                    + "-1 for none; received 1, which is its own.",
            "'animal -2'|a.tree, line 1: expected the number of an earlier name as the parent of 'animal', or -1 for none; "
                    + "received -2.",
            "'dog -1\n\ncat -1\ndog 1'|a.tree, line 4: expected each name once; received 'dog', which line 1 has too.",
            "'dog'|a.tree, line 1: expected a name and the number of its parent, as in 'dog 0' or 'animal -1'; received "
                    + "'dog'.",
            "'dog\t-1\ncat dog'|a.tree, line 2: expected a name and the number of its parent, as in 'dog 0' or 'animal -1'; "
                    + "received 'cat dog'." })
    void saysWhichLineIsWrong(String text, String message) {
        assertThatThrownBy(() -> parse(text)).isInstanceOf(StriateException.class).hasMessage(message);
    }

    @Test
    void refusesAFileThatIsNotThere() {
        assertThatThrownBy(() -> WordTree.read(Path.of("no.tree"))).isInstanceOf(StriateException.class)
                .hasMessage("A tree of class names was expected in no.tree; it cannot be read: there is no such file.");
    }

    private static WordTree parse(String text) {
        return WordTree.parse(text, "a.tree");
    }

    private static double[] numbers(JsonNode list) {
        return list.valueStream().mapToDouble(JsonNode::asDouble).toArray();
    }
}
