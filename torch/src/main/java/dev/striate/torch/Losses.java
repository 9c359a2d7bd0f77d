package dev.striate.torch;

import dev.striate.recipe.Loss;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/// The reading that gives each loss of a batch as a tensor of one value, for autograd to differentiate.
final class Losses {
    private static final long MEAN = 1;
    private static final long NO_IGNORED_CLASS = -100;
    /// The least area that something is divided by, of a picture's 1.
    private static final double TINY = 1e-9;

    private Losses() {}

    /// The loss of outputs N×K against labels N (class indices); losses of values take the labels as one-hot targets.
    static Tensor ofLabels(Loss.OfClasses loss, Tensor outputs, Tensor labels) {
        return switch (loss) {
            case Loss.CrossEntropy entropy -> crossEntropy(entropy, outputs, labels, NO_IGNORED_CLASS);
            case Loss.Hinge hinge -> hinge(hinge, outputs, labels);
            case Loss.MeanSquaredError squared -> ofValues(squared, outputs, oneHot(outputs, labels));
            case Loss.HalfSquaredError squared -> ofValues(squared, outputs, oneHot(outputs, labels));
            case Loss.BinaryCrossEntropy entropy -> ofValues(entropy, outputs, oneHot(outputs, labels));
            case Loss.SmoothL1 smooth -> ofValues(smooth, outputs, oneHot(outputs, labels));
        };
    }

    /// The loss of outputs against targets of their shape.
    static Tensor ofValues(Loss.OfValues loss, Tensor outputs, Tensor targets) {
        return switch (loss) {
            case Loss.MeanSquaredError _ -> torch.mse_loss(outputs, targets);
            case Loss.HalfSquaredError _ -> {
                var difference = outputs.sub(targets);
                yield difference.mul(difference).sum().mul(new Scalar(0.5 / outputs.size(0)));
            }
            case Loss.BinaryCrossEntropy _ ->
                torch.binary_cross_entropy_with_logits(outputs, targets, new TensorOptional(), new TensorOptional(),
                        MEAN);
            case Loss.SmoothL1(double beta) -> torch.smooth_l1_loss(outputs, targets, MEAN, beta);
        };
    }

    /// The loss of boxes N×4, each centre, width and height, against others.
    static Tensor ofBoxes(Loss.OfBoxes loss, Tensor outputs, Tensor targets) {
        return switch (loss) {
            case Loss.OfValues values -> ofValues(values, outputs, targets);
            case Loss.GeneralizedIoU _ -> generalizedIoU(outputs, targets);
        };
    }

    private static Tensor generalizedIoU(Tensor a, Tensor b) {
        var common = area(highest(a).minimum(highest(b)).sub(lowest(a).maximum(lowest(b))).clamp_min(new Scalar(0)));
        var union = area(sides(a)).add(area(sides(b))).sub(common).clamp_min(new Scalar(TINY));
        var hull = area(highest(a).maximum(highest(b)).sub(lowest(a).minimum(lowest(b)))).clamp_min(new Scalar(TINY));
        return hull.sub(union).div(hull).sub(common.div(union)).mean().add(new Scalar(1));
    }

    private static Tensor sides(Tensor boxes) {
        return boxes.narrow(1, 2, 2);
    }

    private static Tensor lowest(Tensor boxes) {
        return boxes.narrow(1, 0, 2).sub(sides(boxes), new Scalar(0.5));
    }

    private static Tensor highest(Tensor boxes) {
        return boxes.narrow(1, 0, 2).add(sides(boxes), new Scalar(0.5));
    }

    private static Tensor area(Tensor sides) {
        return sides.select(1, 0).mul(sides.select(1, 1));
    }

    /// Of outputs N×K or N×K×H×W against labels N or N×H×W, of which `ignored` counts for nothing.
    static Tensor crossEntropy(Loss.CrossEntropy loss, Tensor outputs, Tensor labels, long ignored) {
        var weights = loss.classWeights().isEmpty() ? new TensorOptional()
                : new TensorOptional(Tensors.of(loss.classWeights().stream().mapToDouble(w -> w).toArray(),
                        loss.classWeights().size()).to(outputs.device(), outputs.scalar_type()));
        return torch.cross_entropy_loss(outputs, labels, weights, MEAN, ignored, loss.labelSmoothing());
    }

    private static Tensor hinge(Loss.Hinge loss, Tensor outputs, Tensor labels) {
        var index = labels.unsqueeze(1);
        var violations = outputs.sub(outputs.gather(1, index)).add(new Scalar(loss.margin())).clamp_min(new Scalar(0));
        return violations.scatter(1, index, new Scalar(0)).sum().div(new Scalar((double) outputs.size(0)));
    }

    /// What each triplet costs, N, of embeddings N×D of anchors, of positives and of negatives.
    static Tensor triplets(Loss.TripletMargin loss, Tensor anchors, Tensor positives, Tensor negatives) {
        var near = squaredDistance(anchors, positives);
        var far = squaredDistance(anchors, negatives);
        return near.sub(far).add(new Scalar(loss.margin())).clamp_min(new Scalar(0));
    }

    /// Of embeddings N×D of pairs; `same` is 1 where a pair is of one kind, else 0.
    static Tensor contrastive(Loss.Contrastive loss, Tensor first, Tensor second, Tensor same) {
        var squared = squaredDistance(first, second);
        var gap = squared.clamp_min(new Scalar(1e-12)).sqrt().neg().add(new Scalar(loss.margin()))
                .clamp_min(new Scalar(0));
        var different = same.neg().add(new Scalar(1));
        return squared.mul(same).add(gap.mul(gap).mul(different)).mul(new Scalar(0.5)).mean();
    }

    private static Tensor squaredDistance(Tensor a, Tensor b) {
        var difference = a.sub(b);
        return difference.mul(difference).sum(1);
    }

    /// The mean over a batch of a sum whose value and gradient are known: the product of the two, moved to the value.
    static Tensor known(Tensor outputs, Tensor gradient, double sum, int pictures) {
        var product = outputs.mul(gradient.to(outputs.device(), outputs.scalar_type())).sum()
                .div(new Scalar((double) pictures));
        return product.sub(product.detach()).add(new Scalar(sum / pictures));
    }

    private static Tensor oneHot(Tensor outputs, Tensor labels) {
        return torch.zeros_like(outputs).scatter(1, labels.unsqueeze(1), new Scalar(1));
    }
}
