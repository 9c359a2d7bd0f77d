package dev.striate.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.striate.StriateException;
import dev.striate.graph.ClassTrees;
import dev.striate.graph.Layer;
import dev.striate.graph.Network;
import dev.striate.recipe.Loss;
import dev.striate.tree.ClassTree;
import dev.striate.tree.TreeEntropy;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorArrayRefOptional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The loss of classes that are kinds of one another, as training sees it.
@Tag("native")
class ClassLossTest {
    /// 0 and 1 are roots; 2 and 3 are kinds of 0, 4 and 5 of 2, 6 of 1.
    private static final ClassTree TREE = ClassTree.of(List.of(-1, -1, 0, 0, 2, 2, 1));
    /// Two pictures. In the first the way down is 0, 2, 5, in the second 1, 6.
    private static final double[] OUTPUTS = { 0.5, -1, 2, 0.25, -0.75, 1.5, 0, -0.2, 0.1, 0.3, 0.4, 3, 0, -5 };

    @BeforeAll
    static void start() {
        Libtorch.load();
    }

    @Test
    void isTheMeanOverThePicturesOfWhatEachPathCosts() {
        var expected = (cost(0, 5) + cost(1, 0)) / 2;
        assertThat(value(OUTPUTS, 5, 0)).isCloseTo(expected, within(1e-12));
    }

    @Test
    void itsGradientIsThatOfCentralDifferences() {
        double[] analytic;
        try (var _ = new PointerScope(); var _ = GradMode.on()) {
            var x = Tensors.of(OUTPUTS, 2, 7).requires_grad_(true);
            loss().of(x, Tensors.of(new long[] { 2, 6 }))
                    .backward(new Tensor(), new BoolOptional(), false, new TensorArrayRefOptional());
            analytic = Tensors.doubles(x.grad());
        }
        for (var i = 0; i < OUTPUTS.length; i++) {
            var numeric = (value(moved(i, 1e-6), 2, 6) - value(moved(i, -1e-6), 2, 6)) / 2e-6;
            assertThat(analytic[i]).as("gradient %d", i).isCloseTo(numeric, within(1e-8));
        }
    }

    @Test
    void rightIsAClassOnTheWayDown() {
        assertThat(right(5, 6)).isEqualTo(2);
        assertThat(right(2, 1)).isEqualTo(2);
        assertThat(right(0, 0)).isEqualTo(1);
        assertThat(right(4, 3)).isZero();
    }

    @Test
    void refusesLossesThatKnowNoSiblings() {
        assertThatThrownBy(() -> ClassLoss.of(new Loss.Hinge(1), network())).isInstanceOf(StriateException.class)
                .hasMessageStartingWith("A tree of classes expects cross entropy without class weights; "
                        + "received Hinge");
        assertThatThrownBy(() -> ClassLoss.of(new Loss.CrossEntropy(0, List.of(1.0)), network()))
                .isInstanceOf(StriateException.class);
    }

    private static double cost(int picture, int label) {
        return new TreeEntropy(TREE, 0).of(Arrays.copyOfRange(OUTPUTS, 7 * picture, 7 * picture + 7), label);
    }

    private static double value(double[] outputs, long... labels) {
        try (var _ = new PointerScope(); var _ = GradMode.off()) {
            return loss().of(Tensors.of(outputs, 2, 7), Tensors.of(labels)).item_double();
        }
    }

    private static long right(long... labels) {
        try (var _ = new PointerScope()) {
            return loss().right(Tensors.of(OUTPUTS, 2, 7), Tensors.of(labels)).item_long();
        }
    }

    private static double[] moved(int index, double by) {
        var outputs = OUTPUTS.clone();
        outputs[index] += by;
        return outputs;
    }

    private static ClassLoss loss() {
        return ClassLoss.of(Loss.crossEntropy(), network());
    }

    private static Network network() {
        return ClassTrees.with(Layer.input(1, 2, 2).flatten().linear(7).network("small"), TREE);
    }
}
