package dev.striate.graph;

import static dev.striate.graph.Options.pad;
import static dev.striate.graph.Options.stride;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ComparisonTest {
    private final Network plain = Layer.input(1, 8, 8).at("a").conv(2, 3, pad(1)).relu()
            .at("b").conv(4, 3, stride(2), pad(1)).relu().flatten().at("c").linear(10).network("plain");
    private final Network flat = Layer.input(1, 8, 8).flatten().at("c").linear(10).network("flat");

    @Test
    void partsTheCostsByTheSizeOfTheMaps() {
        var stages = Comparison.of(plain, flat).stages();

        assertThat(stages).extracting(stage -> stage.maps().toString()).containsExactly("8×8", "4×4", "1×1");
        // By hand: 9·1·2 weights and 2 biases at 64 places; 9·2·4 and 4 at 16; 64·10 and 10.
        assertThat(stages.get(0).first()).isEqualTo(new Comparison.Share(1, 2, 20, 18 * 64));
        assertThat(stages.get(1).first()).isEqualTo(new Comparison.Share(1, 4, 76, 72 * 16));
        assertThat(stages.get(2).first().parameters()).isEqualTo(650);
        assertThat(stages.get(1).second()).isEqualTo(new Comparison.Share(0, 0, 0, 0));
        assertThat(stages.get(2).second().macs()).isEqualTo(640);
    }
}
