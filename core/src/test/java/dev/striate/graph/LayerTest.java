package dev.striate.graph;

import static dev.striate.graph.Options.groups;
import static dev.striate.graph.Options.noBias;
import static dev.striate.graph.Options.pad;
import static dev.striate.graph.Options.stride;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.striate.StriateException;
import java.util.List;
import org.junit.jupiter.api.Test;

class LayerTest {
    @Test
    void namesNodesAfterTheirOperationsAndNumbersThem() {
        var network = Layer.input(1, 28, 28).conv(8, 5).relu().maxPool(2).conv(8, 5).at("act").relu().relu()
                .network("x");

        assertThat(network.nodes()).extracting(Node::name)
                .containsExactly("input", "conv1", "relu1", "maxPool1", "conv2", "act", "relu2");
    }

    @Test
    void stepsOverANameThatIsTaken() {
        var network = Layer.input(1, 8, 8).at("relu1").relu().relu().network("x");

        assertThat(network.nodes()).extracting(Node::name).containsExactly("input", "relu1", "relu2");
    }

    @Test
    void givesANameToOneNodeOnly() {
        var network = Layer.input(1, 8, 8).at("first").tanh().tanh().network("x");

        assertThat(network.nodes()).extracting(Node::name).containsExactly("input", "first", "tanh1");
    }

    @Test
    void branchesWhereAPlaceIsContinuedTwice() {
        var x = Layer.input(3, 8, 8).conv(4, 1);
        var network = x.relu().add(x).concat(x.tanh()).network("branches");

        assertThat(network.nodes()).extracting(Node::inputs)
                .containsExactly(List.of(), List.of(0), List.of(1), List.of(2, 1), List.of(1), List.of(3, 4));
    }

    @Test
    void leavesOutWhatNoOutputNeeds() {
        var x = Layer.input(3, 8, 8);
        x.at("abandoned").conv(100, 3);

        assertThat(x.at("kept").relu().network("x").nodes()).extracting(Node::name).containsExactly("input", "kept");
    }

    @Test
    void refusesToJoinBranchesOfTwoInputs() {
        assertThatThrownBy(() -> Layer.input(3, 8, 8).add(Layer.input(3, 8, 8)))
                .isInstanceOf(StriateException.class)
                .hasMessage("The branches come from two different inputs.");
    }

    @Test
    void readsOptionsIntoTheOperation() {
        var network = Layer.input(4, 8, 8).at("c").conv(8, 3, stride(2, 1), pad(1), groups(2), noBias()).network("x");

        var window = new Window(Size.square(3), new Size(2, 1), Size.ONE, Size.ONE);
        assertThat(network.nodes().get(1).op()).isEqualTo(new Op.Conv(8, window, 2, false));
    }

    @Test
    void poolsByTheKernelsSizeUnlessToldOtherwise() {
        var x = Layer.input(4, 9, 9);

        assertThat(x.maxPool(3).shape()).isEqualTo(new Shape(4, 3, 3));
        assertThat(x.maxPool(3, stride(1)).shape()).isEqualTo(new Shape(4, 7, 7));
    }
}
