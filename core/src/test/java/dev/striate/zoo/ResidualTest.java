package dev.striate.zoo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.striate.graph.Costs;
import dev.striate.graph.Network;
import dev.striate.graph.Node;
import dev.striate.graph.Op;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Shortcuts, orders of activation and stochastic depth: what each addition reads.
class ResidualTest {
    @Test
    void addsNothingForShortcutAAndProjectionsForBAndC() {
        var plain = parameters("plain34");
        assertThat(parameters("resnet34_a")).isEqualTo(plain);
        // Three 1×1 projections with batch normalisation where the size changes: 64·128 + 256, 128·256 + 512, …
        assertThat(parameters("resnet34") - plain).isEqualTo(8_448 + 33_280 + 132_096);
        // And in C on the other 3 + 3 + 5 + 2 blocks: 64² + 128, 128² + 256, 256² + 512, 512² + 1,024 each.
        assertThat(parameters("resnet34_c") - parameters("resnet34"))
                .isEqualTo(3 * 4_224 + 3 * 16_640 + 5 * 66_048 + 2 * 263_168);
    }

    @Test
    void leavesOutEveryAdditionOfAPlainNetwork() {
        assertThat(additions(Zoo.network("plain34"))).isEmpty();
        assertThat(additions(Zoo.network("resnet34"))).hasSize(16);
    }

    @Test
    void keepsTheIdentityPathCleanInFullPreActivation() {
        assertThat(read("preresnet110", 1)).containsExactly("Add");
        assertThat(read("preresnet110", 0)).containsExactly("Conv");
    }

    @Test
    void putsActivationsWhereFigureFourHasThem() {
        assertThat(read("preresnet110_original", 0)).containsExactly("BatchNorm");
        assertThat(read("preresnet110_original", 1)).containsExactly("Relu");
        assertThat(read("preresnet110_bn_after_addition", 0)).containsExactly("Conv");
        assertThat(read("preresnet110_bn_after_addition", 1)).containsExactly("Relu");
        assertThat(read("preresnet110_relu_before_addition", 0)).containsExactly("Relu");
        assertThat(read("preresnet110_relu_before_addition", 1)).containsExactly("Add");
        assertThat(read("preresnet110_relu_only", 0)).containsExactly("BatchNorm");
        assertThat(read("preresnet110_relu_only", 1)).containsExactly("Add");
    }

    @Test
    void scalesEveryShortcut() {
        assertThat(read("preresnet110_half_shortcut", 1)).containsExactly("Scale");
        var scales = Zoo.network("preresnet110_half_shortcut").nodes().stream().map(Node::op)
                .filter(Op.Scale.class::isInstance).toList();
        assertThat(scales).hasSize(54).containsOnly(new Op.Scale(0.5));
    }

    @Test
    void dropsLaterPathsMoreOften() {
        var rates = Zoo.network("resnet110_stochastic").nodes().stream().map(Node::op)
                .filter(Op.DropPath.class::isInstance).map(op -> ((Op.DropPath) op).rate()).toList();
        assertThat(rates).hasSize(54).isSorted();
        assertThat(List.of(rates.getFirst(), rates.getLast())).containsExactly(0.5 / 54, 0.5);
    }

    @Test
    void scalesTheResidualsOfInceptionResNet() {
        var scales = Zoo.network("inception_resnet_v2").nodes().stream().map(Node::op)
                .filter(Op.Scale.class::isInstance).map(op -> ((Op.Scale) op).factor())
                .collect(Collectors.groupingBy(factor -> factor, Collectors.counting()));
        assertThat(scales).containsEntry(0.17, 10L).containsEntry(0.1, 20L).containsEntry(0.2, 9L).hasSize(3);
    }

    private static long parameters(String name) {
        return Costs.of(Zoo.network(name)).parameters();
    }

    private static List<Node> additions(Network network) {
        return network.nodes().stream().filter(node -> node.op() instanceof Op.Add).toList();
    }

    /// The kinds of operation that additions read at an input (0 the branch, 1 the shortcut), first blocks of stages aside.
    private static Set<String> read(String name, int input) {
        var network = Zoo.network(name);
        var additions = additions(network);
        return IntStream.range(0, additions.size())
                .filter(i -> i % 18 != 0)
                .mapToObj(
                        i -> network.nodes().get(additions.get(i).inputs().get(input)).op().getClass().getSimpleName())
                .collect(Collectors.toSet());
    }
}
