package dev.striate.vision.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import org.junit.jupiter.api.Test;

class HealthTest {
    private final Health health = new Health();

    @Test
    void aLossThatGrowsFromItsBeginningIsToldOnce() {
        assertThat(health.inFirstEpoch(2.3, 1, 0.5)).isEmpty();
        assertThat(health.inFirstEpoch(4.1, 10, 0.5)).as("too early").isEmpty();
        assertThat(health.inFirstEpoch(3.4, 30, 0.5)).as("not by half").isEmpty();
        assertThat(health.inFirstEpoch(3.6, 31, 0.5))
                .hasValue("The training loss has grown to 3.60 from the 2.30 it began "
                        + "with, at a learning rate of 0.500: a smaller one or a warm-up may help.");
        assertThat(health.inFirstEpoch(9, 40, 0.5)).isEmpty();
    }

    @Test
    void soIsOneThatGrowsFromItsBestEpoch() {
        assertThat(health.ofEpoch(1, 0.1)).isEmpty();
        assertThat(health.ofEpoch(0.5, 0.1)).isEmpty();
        assertThat(health.ofEpoch(0.7, 0.1)).isEmpty();
        assertThat(health.ofEpoch(0.8, 0.1).orElseThrow()).contains("0.800 from the 0.500 of an earlier epoch");
    }

    @Test
    void layersMostOfWhoseChannelsAreSilentAreToldOnce() {
        var shares = new LinkedHashMap<String, Double>();
        shares.put("relu1", 0.25);
        shares.put("relu2", 0.75);
        shares.put("relu3", 1.0);
        assertThat(health.ofSilence(shares, 16))
                .hasValue("Of the channels of relu3 100 % answer to none of 16 validation "
                        + "pictures, and over half of those of 1 more layers: dead ReLUs, which a smaller learning rate, another "
                        + "initialisation or leaky ReLUs may avoid.");
        assertThat(health.ofSilence(shares, 16)).isEmpty();
    }
}
