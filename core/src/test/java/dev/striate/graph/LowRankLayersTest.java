package dev.striate.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.striate.StriateException;
import dev.striate.zoo.Zoo;
import org.junit.jupiter.api.Test;

class LowRankLayersTest {
    /// VGG-16's first fully connected layer at the rank of Fast R-CNN's §4.4: 1024 · (25088 + 4096) weights instead of
    /// 25088 · 4096.
    @Test
    void aLayerBecomesTwoOfFewerWeights() {
        var network = Zoo.network("vgg16");
        var layer = network.nodes().stream().filter(node -> node.op() instanceof Op.Linear).findFirst().orElseThrow()
                .name();
        var factorised = LowRankLayers.factorised(network, layer, 1024);
        assertThat(Costs.of(network).parameters() - Costs.of(factorised).parameters())
                .isEqualTo(25088L * 4096 - 1024L * (25088 + 4096));
        assertThat(Shapes.of(factorised).get(factorised.output())).isEqualTo(Shapes.of(network).get(network.output()));
        assertThat(factorised.nodes().get(factorised.index(layer) - 1))
                .isEqualTo(new Node(LowRankLayers.first(layer), new Op.Linear(1024, false),
                        network.nodes().get(network.index(layer)).inputs()));
    }

    /// 4 · 6 weights: two layers of rank 2 have 2 · (4 + 6).
    @Test
    void refusesARankThatSavesNothingAndANodeThatIsNoLayer() {
        var network = Layer.input(4, 1, 1).flatten().at("fc").linear(6).network("small");
        assertThat(Costs.of(LowRankLayers.factorised(network, "fc", 2)).parameters()).isEqualTo(2 * (4 + 6) + 6);
        assertThatThrownBy(() -> LowRankLayers.factorised(network, "fc", 3)).isInstanceOf(StriateException.class)
                .hasMessage("The layer 'fc' expects a rank from 1 to 2, above which two layers have no fewer weights "
                        + "than the one; received 3.");
        assertThatThrownBy(() -> LowRankLayers.factorised(network, "fd", 1)).isInstanceOf(StriateException.class)
                .hasMessage("A fully connected layer of small was expected (fc); received 'fd'.");
    }
}
