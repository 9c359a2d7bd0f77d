package dev.striate.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.striate.fixtures.SharedFiles;
import dev.striate.random.RandomStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class TreeEntropyTest {
    private static final WordTree ANIMALS = WordTree
            .parse("animal -1\nthing -1\ndog 0\ncat 0\nterrier 2\nhound 2\ncar 1\n", "a.tree");
    private static final ClassTree TREE = ANIMALS.tree();

    /// The gradient is Darknet's shares, 1 less for what the path takes, in the groups on the path alone.
    @Test
    @Tag("shared")
    void isTheCrossEntropyOfDarknetsProbabilities() {
        var words = WordTree.read(SharedFiles.file("fixtures/darknet-mini/tree.txt"));
        var worked = JsonMapper.shared().readTree(SharedFiles.file("fixtures/darknet-mini/yolo9000.json")).get("tree");
        var shares = numbers(worked.get("conditional"));
        var absolute = numbers(worked.get("absolute"));
        var entropy = new TreeEntropy(words.tree(), 0);

        for (var label = 0; label < shares.length; label++) {
            assertThat(entropy.of(numbers(worked.get("logits")), label)).as(words.names().get(label))
                    .isCloseTo(-Math.log(absolute[label]), within(1e-5));
        }
        var gradient = new double[shares.length];
        entropy.of(numbers(worked.get("logits")), words.number("hound"), gradient);
        assertThat(gradient).containsExactly(new double[] { shares[0] - 1, shares[1], shares[2] - 1, shares[3],
                shares[4], shares[5] - 1, 0 }, within(1e-6));
    }

    @Test
    void anInnerClassTeachesNothingBelowIt() {
        var gradient = gradient(new TreeEntropy(TREE, 0), logits(), ANIMALS.number("dog"));
        assertThat(gradient[ANIMALS.number("dog")]).isNegative();
        assertThat(gradient[ANIMALS.number("terrier")]).isZero();
        assertThat(gradient[ANIMALS.number("hound")]).isZero();
        assertThat(gradient[ANIMALS.number("car")]).isZero();
    }

    /// Equal logits: log 2 for each of the three groups, however the shares are spread.
    @Test
    void equalLogitsCostTheLogarithmOfEachGroupsSize() {
        for (var smoothing : new double[] { 0, 0.1 }) {
            assertThat(new TreeEntropy(TREE, smoothing).of(new double[7], ANIMALS.number("terrier")))
                    .isCloseTo(3 * Math.log(2), within(1e-12));
        }
    }

    /// Roots alone, of which a share of 0.1 is spread over both: 0.95 and 0.05 of their negative logarithms.
    @Test
    void smoothingSpreadsAShareOverSiblings() {
        var share = 1 / (1 + Math.exp(-2));
        assertThat(new TreeEntropy(TREE, 0.1).of(new double[] { 2, 0, 5, 1, 7, 0, 3 }, ANIMALS.number("animal")))
                .isCloseTo(-0.95 * Math.log(share) - 0.05 * Math.log(1 - share), within(1e-12));
    }

    @Test
    void itsGradientIsThatOfCentralDifferences() {
        for (var smoothing : new double[] { 0, 0.2 }) {
            var entropy = new TreeEntropy(TREE, smoothing);
            for (var label = 0; label < TREE.size(); label++) {
                var gradient = gradient(entropy, logits(), label);
                for (var k = 0; k < TREE.size(); k++) {
                    var numeric = (entropy.of(moved(k, 1e-6), label) - entropy.of(moved(k, -1e-6), label)) / 2e-6;
                    assertThat(gradient[k]).as("class %d of label %d", k, label).isCloseTo(numeric, within(1e-8));
                }
            }
        }
    }

    @Test
    void largeLogitsStayFinite() {
        assertThat(new TreeEntropy(TREE, 0).of(new double[] { 0, 1000, 0, 0, 0, 0, -1000 }, 0)).isEqualTo(1000);
    }

    private static double[] gradient(TreeEntropy entropy, double[] logits, int label) {
        var gradient = new double[logits.length];
        entropy.of(logits, label, gradient);
        return gradient;
    }

    private static double[] moved(int k, double by) {
        var logits = logits();
        logits[k] += by;
        return logits;
    }

    private static double[] logits() {
        var logits = new double[TREE.size()];
        for (var k = 0; k < logits.length; k++) logits[k] = RandomStream.of(3).normal(k);
        return logits;
    }

    private static double[] numbers(JsonNode list) {
        return list.valueStream().mapToDouble(JsonNode::asDouble).toArray();
    }
}
