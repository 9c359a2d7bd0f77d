package dev.striate.torch;

import dev.striate.random.Draws;
import dev.striate.random.RandomStream;
import dev.striate.recipe.Augmentation.CutMix;
import dev.striate.recipe.Augmentation.MixUp;
import dev.striate.recipe.Augmentation.OfBatch;
import dev.striate.recipe.Augmentation;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/// How the pictures of one batch are mixed with each other, and so their labels: each with its partner, the share
/// `kept` its own. Where a recipe has both ways, each batch takes one of them by chance.
sealed interface Mixing {
    record Unmixed() implements Mixing {}

    /// `kept·x + (1 − kept)·x'` (Zhang et al. 2018, eq. 1).
    record Blended(long[] partners, double kept) implements Mixing {}

    /// A rectangle of the partner; `kept` is what is left of the picture's own area (Yun et al. 2019, §3.1).
    record Cut(long[] partners, long x, long y, long width, long height, double kept) implements Mixing {}

    /// Draws what happens to one batch of pictures of this size.
    static Mixing of(List<Augmentation> augmentations, int pictures, long height, long width, RandomStream stream) {
        var ways = augmentations.stream().filter(OfBatch.class::isInstance).map(OfBatch.class::cast).toList();
        if (ways.isEmpty()) return new Unmixed();
        var draws = stream.at("way").draws();
        var partners = Arrays.stream(stream.at("partners").permutation(pictures)).asLongStream().toArray();
        return switch (ways.get(draws.nextInt(ways.size()))) {
            case MixUp(var alpha) -> new Blended(partners, beta(alpha, draws));
            case CutMix(var alpha) -> cut(partners, height, width, beta(alpha, draws), draws);
        };
    }

    /// A rectangle with the picture's aspect and an area of 1 − λ about a random centre, cut off at the border.
    private static Cut cut(long[] partners, long height, long width, double lambda, Draws draws) {
        var side = Math.sqrt(1 - lambda);
        var centreX = draws.nextDouble() * width;
        var centreY = draws.nextDouble() * height;
        var left = Math.clamp(Math.round(centreX - side * width / 2), 0, width);
        var right = Math.clamp(Math.round(centreX + side * width / 2), 0, width);
        var top = Math.clamp(Math.round(centreY - side * height / 2), 0, height);
        var bottom = Math.clamp(Math.round(centreY + side * height / 2), 0, height);
        var area = (right - left) * (bottom - top);
        return new Cut(partners, left, top, right - left, bottom - top, 1 - (double) area / (height * width));
    }

    /// From Beta(α, α): the share of one of two gamma variates in their sum.
    private static double beta(double alpha, Draws draws) {
        var first = gamma(alpha, draws);
        var second = gamma(alpha, draws);
        return first + second == 0 ? draws.nextInt(2) : first / (first + second);
    }

    /// Marsaglia and Tsang 2000; for a shape below 1 from one above (§6 there).
    private static double gamma(double shape, Draws draws) {
        if (shape < 1) return gamma(shape + 1, draws) * Math.pow(1 - draws.nextDouble(), 1 / shape);
        var d = shape - 1.0 / 3;
        while (true) {
            var normal = draws.nextGaussian();
            var v = Math.pow(1 + normal / Math.sqrt(9 * d), 3);
            var u = 1 - draws.nextDouble();
            if (v > 0 && Math.log(u) < 0.5 * normal * normal + d - d * v + d * Math.log(v)) return d * v;
        }
    }

    /// The mixed pictures, N×C×H×W; the batch itself stays as it is.
    default Tensor mix(Tensor pictures) {
        return switch (this) {
            case Unmixed _ -> pictures;
            case Blended(var partners, var kept) -> pictures.mul(new Scalar(kept))
                    .add_(others(pictures, partners), new Scalar(1 - kept));
            case Cut cut -> {
                var mixed = pictures.clone();
                part(mixed, cut).copy_(part(others(pictures, cut.partners()), cut));
                yield mixed;
            }
        };
    }

    /// The loss for the mixed labels: the own labels' and the partners' by their shares.
    default Tensor mix(Tensor labels, UnaryOperator<Tensor> loss) {
        return switch (this) {
            case Unmixed _ -> loss.apply(labels);
            case Blended(var partners, var kept) -> shared(labels, partners, kept, loss);
            case Cut cut -> shared(labels, cut.partners(), cut.kept(), loss);
        };
    }

    private static Tensor shared(Tensor labels, long[] partners, double kept, UnaryOperator<Tensor> loss) {
        return loss.apply(labels).mul(new Scalar(kept))
                .add(loss.apply(others(labels, partners)), new Scalar(1 - kept));
    }

    private static Tensor others(Tensor batch, long[] partners) {
        return batch.index_select(0, Tensors.of(partners).to(batch.device(), ScalarType.Long));
    }

    private static Tensor part(Tensor pictures, Cut cut) {
        return pictures.narrow(2, cut.y(), cut.height()).narrow(3, cut.x(), cut.width());
    }
}
