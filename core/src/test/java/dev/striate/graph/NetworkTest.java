package dev.striate.graph;

import static dev.striate.graph.Options.noBias;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.striate.StriateException;
import dev.striate.zoo.Zoo;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class NetworkTest {
    private static final Node INPUT = new Node("input", new Op.Input(new Shape(3, 8, 8)), List.of());

    @Test
    void refusesTwoNodesOfOneName() {
        assertThatThrownBy(() -> network(INPUT, relu("a", 0), relu("a", 1)))
                .isInstanceOf(StriateException.class)
                .hasMessage("test has two nodes named 'a'.");
    }

    @Test
    void refusesANodeThatReadsALaterOne() {
        assertThatThrownBy(() -> network(INPUT, relu("a", 1)))
                .hasMessage("test, node 'a' (1) expects to read an earlier node; received 1.");
        assertThatThrownBy(() -> network(INPUT, relu("a", -1))).hasMessageContaining("received -1");
    }

    @Test
    void refusesANumberOfInputsThatTheOperationDoesNotTake() {
        assertThatThrownBy(() -> network(INPUT, new Node("sum", new Op.Add(), List.of(0))))
                .hasMessageContaining("node 'sum'")
                .hasMessageContaining("does not take 1 inputs");
        assertThatThrownBy(() -> network(INPUT, new Node("both", new Op.Relu(), List.of(0, 0))))
                .hasMessageContaining("does not take 2 inputs");
    }

    @Test
    void startsWithItsOnlyInput() {
        assertThatThrownBy(() -> network(INPUT, new Node("again", INPUT.op(), List.of())))
                .hasMessageContaining("the first node, and no other, is the input; 'again' is node 1");
    }

    @Test
    void refusesOutputsThatAreNotThere() {
        assertThatThrownBy(() -> new Network("test", List.of(INPUT), Map.of("output", 1)))
                .hasMessage("test: output 'output' expects a node below 1; received 1.");
        assertThatThrownBy(() -> new Network("test", List.of(INPUT), Map.of())).hasMessage("test has no output.");
    }

    @Test
    void isCutAtANamedNode() {
        var cut = Zoo.network("resnet20").upTo("layer1.0.bn1");

        assertThat(cut.nodes()).extracting(Node::name)
                .containsExactly("input", "conv1", "bn1", "relu1", "layer1.0.conv1", "layer1.0.bn1");
        assertThat(cut.outputName()).isEqualTo("layer1.0.bn1");
        assertThatThrownBy(() -> cut.upTo("layer9")).hasMessage("resnet20 has no node 'layer9'.");
    }

    @Test
    void losesItsAuxiliaryHeadsForInference() {
        var trunk = Layer.input(3, 8, 8).at("conv").conv(4, 3);
        var head = trunk.at("aux").conv(2, 1);
        var network = trunk.at("main").conv(5, 1).network("two", Map.of(), Map.of("auxiliary", head));

        assertThat(network.outputs().keySet()).containsExactly("output", "auxiliary");
        assertThat(network.atInference().nodes()).extracting(Node::name).containsExactly("input", "conv", "main");
        assertThat(Layer.input(3, 8, 8).at("conv").conv(4, 3).at("main").conv(5, 1).network("two"))
                .isEqualTo(network.atInference());
    }

    @Test
    void keepsItsOtherOutputsForInference() {
        var network = detectorWithHead();

        assertThat(network.outputs().keySet()).containsExactly("output", "fine", "head");
        assertThat(network.atInference().outputs().keySet()).containsExactly("output", "fine");
        assertThat(network.atInference().nodes()).extracting(Node::name).containsExactly("input", "conv", "main");
        assertThat(network.atInference()).isEqualTo(network.atInference().atInference());
    }

    @Test
    void staysTheSameAboutItsAuxiliaryOutputsWhenItChanges() {
        var network = detectorWithHead();

        assertThat(network.withName("other").auxiliary()).containsExactly("head");
        assertThat(network.withInput(new Shape(3, 16, 16)).auxiliary()).containsExactly("head");
        assertThat(network.withOp("aux", new Op.Linear(7, true)).auxiliary()).containsExactly("head");
        assertThat(network.reaching(network.outputs())).isEqualTo(network);
        assertThat(network.upTo("aux").auxiliary()).isEmpty();
        assertThat(network.reaching(Map.of("head", network.index("aux"))).atInference().outputs()).hasSize(1);
    }

    @Test
    void refusesAnAuxiliaryOutputThatIsNoneOrTheMainOne() {
        assertThatThrownBy(() -> new Network("test", List.of(INPUT), Map.of("output", 0), Set.of("aux")))
                .hasMessage("test: an auxiliary output is expected among [output]; received 'aux'.");
        assertThatThrownBy(() -> new Network("test", List.of(INPUT), Map.of("output", 0), Set.of("output")))
                .hasMessage("test: the main output 'output' cannot be auxiliary.");
    }

    @Test
    void renumbersWhatReachesItsOutputs() {
        var x = Layer.input(3, 8, 8);
        var network = x.at("a").relu().at("b").tanh().add(x.at("c").sigmoid()).network("graph");

        var part = network.reaching(Map.of("out", network.index("c")));

        assertThat(part.nodes()).containsExactly(INPUT, new Node("c", new Op.Sigmoid(), List.of(0)));
        assertThat(part.outputs()).containsExactly(Map.entry("out", 1));
    }

    @Test
    void takesPicturesOfAnotherShape() {
        var network = Zoo.network("resnet20").withInput(new Shape(3, 64, 48));

        assertThat(network.input()).isEqualTo(new Shape(3, 64, 48));
        assertThat(Shapes.of(network).get(network.index("layer3.2.conv2"))).isEqualTo(new Shape(64, 16, 12));
        assertThat(Parameters.of(network)).isEqualTo(Parameters.of(Zoo.network("resnet20")));
    }

    @Test
    void replacesOneOperation() {
        var network = Zoo.network("resnet20").withOp("linear", new Op.Linear(3, true));

        assertThat(Shapes.of(network).getLast()).isEqualTo(Shape.vector(3));
    }

    @Test
    void doesNotChangeWithTheListsItWasMadeOf() {
        var nodes = new ArrayList<>(List.of(INPUT, relu("a", 0)));
        var outputs = new LinkedHashMap<>(Map.of("output", 1));
        var network = new Network("test", nodes, outputs);

        nodes.clear();
        outputs.clear();

        assertThat(network.nodes()).hasSize(2);
        assertThatThrownBy(() -> network.nodes().clear()).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> network.outputs().clear()).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void equalsANetworkBuiltTheSameWay() {
        assertThat(small(4)).isEqualTo(small(4)).hasSameHashCodeAs(small(4));
        assertThat(small(4)).isNotEqualTo(small(5));
    }

    /// Records that held their inputs would take time exponential in depth.
    @Test
    void hashesAndComparesADeepNetworkAtOnce() {
        var network = Zoo.network("resnet110");

        assertTimeoutPreemptively(Duration.ofSeconds(2), () -> {
            assertThat(network.hashCode()).isEqualTo(Zoo.network("resnet110").hashCode());
            assertThat(network).isEqualTo(Zoo.network("resnet110"));
            assertThat(network.toString()).contains("layer3.17.conv2");
        });
    }

    /// A coarse output, a fine one that is read on the way, and an auxiliary head.
    private static Network detectorWithHead() {
        var trunk = Layer.input(3, 8, 8).at("conv").conv(4, 3);
        var head = trunk.at("flat").flatten().at("aux").linear(2);
        return trunk.at("main").maxPool(2).network("detector", Map.of("fine", trunk), Map.of("head", head));
    }

    private static Network small(int filters) {
        return Layer.input(3, 8, 8).conv(filters, 3, noBias()).batchNorm().relu().globalAvgPool().flatten().linear(2)
                .network("small");
    }

    private static Node relu(String name, int input) {
        return new Node(name, new Op.Relu(), List.of(input));
    }

    private static Network network(Node... nodes) {
        return new Network("test", List.of(nodes), Map.of("output", nodes.length - 1));
    }
}
