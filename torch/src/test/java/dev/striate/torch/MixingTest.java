package dev.striate.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.striate.random.RandomStream;
import dev.striate.recipe.Augmentation;
import dev.striate.recipe.Loss;
import java.util.List;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.PointerScope;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("native")
class MixingTest {
    @BeforeAll
    static void start() {
        Libtorch.load();
    }

    @Test
    void mixUpBlendsEachPictureWithItsPartner() {
        try (var _ = new PointerScope()) {
            var pictures = Tensors.of(new double[] { 1, 2, 3, 4, 10, 20, 30, 40 }, 2, 1, 2, 2);
            var mixed = new Mixing.Blended(new long[] { 1, 0 }, 0.75).mix(pictures);
            assertThat(Tensors.doubles(mixed)).containsExactly(3.25, 6.5, 9.75, 13, 7.75, 15.5, 23.25, 31);
            assertThat(Tensors.doubles(pictures)).startsWith(1, 2, 3, 4);
        }
    }

    @Test
    void cutMixPutsARectangleOfThePartnerInto() {
        try (var _ = new PointerScope()) {
            var pictures = Tensors.of(new double[] { 1, 2, 3, 4, 10, 20, 30, 40 }, 2, 1, 2, 2);
            var mixed = new Mixing.Cut(new long[] { 1, 0 }, 1, 0, 1, 2, 0.5).mix(pictures);
            assertThat(Tensors.doubles(mixed)).containsExactly(1, 20, 3, 40, 10, 2, 30, 4);
            assertThat(Tensors.doubles(pictures)).containsExactly(1, 2, 3, 4, 10, 20, 30, 40);
        }
    }

    @Test
    void theLossIsSharedByTheLabels() {
        try (var _ = new PointerScope(); var _ = GradMode.off()) {
            var outputs = Tensors.of(new double[] { 1, -1, 0.5, 2 }, 2, 2);
            var labels = Tensors.of(new long[] { 0, 1 });
            var own = Losses.ofLabels(Loss.crossEntropy(), outputs, labels).item_double();
            var others = Losses.ofLabels(Loss.crossEntropy(), outputs, Tensors.of(new long[] { 1, 0 })).item_double();
            var mixed = new Mixing.Blended(new long[] { 1, 0 }, 0.7)
                    .mix(labels, each -> Losses.ofLabels(Loss.crossEntropy(), outputs, each)).item_double();
            assertThat(mixed).isCloseTo(0.7 * own + 0.3 * others, within(1e-12));
        }
    }

    /// Beta(α, α) has the mean ½ and the variance 1/(4(2α + 1)).
    @Test
    void theShareIsBetaDistributed() {
        for (var alpha : List.of(0.2, 1.0, 4.0)) {
            var shares = IntStream.range(0, 20_000).mapToDouble(step -> ((Mixing.Blended) Mixing.of(
                    List.of(new Augmentation.MixUp(alpha)), 4, 8, 8, RandomStream.of(1).at(step))).kept()).toArray();
            var mean = IntStream.range(0, shares.length).mapToDouble(i -> shares[i]).average().orElseThrow();
            var variance = IntStream.range(0, shares.length).mapToDouble(i -> Math.pow(shares[i] - mean, 2)).average()
                    .orElseThrow();
            assertThat(mean).isCloseTo(0.5, within(0.01));
            assertThat(variance).as("α = %s", alpha).isCloseTo(1 / (4 * (2 * alpha + 1)), within(0.005));
        }
    }

    @Test
    void theOwnShareOfACutIsTheAreaThatIsLeft() {
        for (var step = 0; step < 200; step++) {
            var cut = (Mixing.Cut) Mixing.of(List.of(new Augmentation.CutMix(1)), 4, 16, 24,
                    RandomStream.of(2).at(step));
            assertThat(cut.x() + cut.width()).isLessThanOrEqualTo(24);
            assertThat(cut.y() + cut.height()).isLessThanOrEqualTo(16);
            assertThat(cut.kept()).isEqualTo(1 - cut.width() * cut.height() / (16.0 * 24));
        }
    }

    @Test
    void withoutSuchAugmentationsNothingIsMixed() {
        assertThat(Mixing.of(List.of(Augmentation.horizontalFlip()), 4, 8, 8, RandomStream.of(1)))
                .isEqualTo(new Mixing.Unmixed());
    }
}
