package dev.striate.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.striate.StriateException;
import dev.striate.tree.ClassTree;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ClassTreesTest {
    private static final ClassTree TREE = ClassTree.of(List.of(-1, -1, 0, 0));

    @Test
    void aNetworkKeepsItsTreeAsItsLastNode() {
        var network = ClassTrees.with(classifier(), TREE);
        assertThat(ClassTrees.of(network)).map(Op.TreeLogits::tree).hasValue(TREE);
        assertThat(Shapes.of(network).get(network.output())).isEqualTo(Shape.vector(4));
        assertThat(ClassTrees.with(network, TREE)).isEqualTo(network);
    }

    @Test
    void withoutItsTreeItIsTheNetworkBefore() {
        assertThat(ClassTrees.without(ClassTrees.with(classifier(), TREE))).isEqualTo(classifier());
        assertThat(ClassTrees.without(classifier())).isEqualTo(classifier());
        assertThat(ClassTrees.of(classifier())).isEmpty();
    }

    @Test
    void auxiliaryHeadsStayWhatTheyAre() {
        var x = Layer.input(3, 4, 4).flatten();
        var network = x.at("classes").linear(4).network("heads", Map.of(), Map.of("aux", x.at("aux").linear(4)));
        var changed = ClassTrees.with(network, TREE);
        assertThat(changed.auxiliary()).containsExactly("aux");
        assertThat(changed.nodes().get(changed.outputs().get("aux")).name()).isEqualTo("aux");
        assertThat(ClassTrees.without(changed).outputs().keySet()).isEqualTo(network.outputs().keySet());
    }

    @Test
    void refusesATreeOfAnotherSize() {
        assertThatThrownBy(() -> Shapes.of(ClassTrees.with(classifier(), ClassTree.flat(5))))
                .isInstanceOf(StriateException.class)
                .hasMessage("Node 'tree' (TreeLogits) expects a value for each of its tree's 5 classes; "
                        + "received 4×1×1.");
    }

    @Test
    void refusesAThresholdThatIsNoProbability() {
        assertThatThrownBy(() -> new Op.TreeLogits("-1*2", 1.5)).isInstanceOf(StriateException.class)
                .hasMessage("The descent of a tree of classes expects a threshold from 0 to 1; received 1.5.");
    }

    private static Network classifier() {
        return Layer.input(3, 4, 4).flatten().at("classes").linear(4).network("classifier");
    }
}
