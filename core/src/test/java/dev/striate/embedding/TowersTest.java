package dev.striate.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.striate.StriateException;
import dev.striate.graph.Layer;
import dev.striate.graph.Op;
import dev.striate.graph.Shape;
import dev.striate.graph.Shapes;
import dev.striate.zoo.Zoo;
import org.junit.jupiter.api.Test;

class TowersTest {
    /// Koch et al. 2015, figure 4: 4,096 values of each picture, and one weight for each difference.
    @Test
    void kochsNetworkHasATowerAndAJoin() {
        var towers = Towers.of(Zoo.network("siamese_koch"));

        assertThat(towers.dimensions()).isEqualTo(4096);
        assertThat(towers.tower().nodes().getLast().name()).isEqualTo("embedding");
        var join = towers.join().orElseThrow();
        assertThat(join.input()).isEqualTo(Shape.vector(4096));
        assertThat(Shapes.of(join).getLast()).isEqualTo(Shape.vector(1));
    }

    @Test
    void anEmbeddingIsTheWholeNetwork() {
        var towers = Towers.of(Zoo.network("inception_resnet_v1_embedding"));

        assertThat(towers.join()).isEmpty();
        assertThat(towers.dimensions()).isEqualTo(512);
    }

    @Test
    void aClassifierGetsAnEmbeddingOfLengthOne() {
        var fitted = Towers.fitted(Zoo.network("googlenet"), 128);

        assertThat(fitted.auxiliary()).isEmpty();
        assertThat(fitted.nodes().getLast().op()).isInstanceOf(Op.L2Norm.class);
        assertThat(Towers.of(fitted).dimensions()).isEqualTo(128);
        assertThat(Towers.fitted(fitted, 64)).isSameAs(fitted);
    }

    /// ResNet-20's second stage has 32 maps of 28×24 for a picture of 56×48, averaged in 7×6 parts.
    @Test
    void anEarlierLayerKeepsWhereThingsAre() {
        var network = Zoo.entry("resnet20").network(new Shape(3, 56, 48), 10);
        var fitted = Towers.fitted(network, 128, "relu13");

        assertThat(Shapes.of(fitted).get(fitted.index("embedding.flat"))).isEqualTo(Shape.vector(32 * 7 * 6));
        assertThat(Towers.of(fitted).dimensions()).isEqualTo(128);
        assertThat(fitted.nodes()).noneMatch(node -> node.name().startsWith("layer3"));
        assertThatThrownBy(() -> Towers.fitted(network, 128, "relu99")).isInstanceOf(StriateException.class)
                .hasMessageContaining("has no node 'relu99'");
    }

    @Test
    void refusesWhatGivesNoVector() {
        assertThatThrownBy(() -> Towers.of(Zoo.network("fcn8s_small"))).isInstanceOf(StriateException.class)
                .hasMessageContaining("An embedding is a vector");
        assertThatThrownBy(() -> Towers.fitted(Zoo.network("fcn8s_small"), 8)).isInstanceOf(StriateException.class)
                .hasMessageContaining("ends in a fully connected layer or an L2 norm; fcn8s_small ends in");
        var wide = Layer.input(1, 2, 2).flatten().then(new Op.PairDifference()).linear(2).network("wide");
        assertThatThrownBy(() -> Towers.of(wide)).isInstanceOf(StriateException.class)
                .hasMessageContaining("One value behind the difference of a pair was expected")
                .hasMessageContaining("2");
    }
}
