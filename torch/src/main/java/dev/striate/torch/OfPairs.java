package dev.striate.torch;

import dev.striate.StriateException;
import dev.striate.embedding.Towers;
import dev.striate.graph.Network;
import dev.striate.measure.Figures;
import dev.striate.recipe.Loss;
import dev.striate.recipe.Objective;
import dev.striate.target.Target;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/// Pictures 0 and 1 of a batch as a pair, 2 and 3 as the next: by the logit that the network gives for the two, or by their
/// embeddings.
record OfPairs(Loss.OfPairs loss, String main, boolean byLogit) implements Criterion {
    static OfPairs of(Objective.Pairs objective, Network network) {
        var byLogit = Towers.comparePairs(network);
        if (byLogit != objective.loss() instanceof Loss.BinaryCrossEntropy) {
            throw new StriateException(
                    "Pairs expect binary cross entropy where the network compares them, as siamese_koch "
                            + "does, and else the contrastive loss; received " + objective.loss() + " for "
                            + network.name()
                            + ".");
        }
        return new OfPairs(objective.loss(), network.outputName(), byLogit);
    }

    @Override
    public List<String> figures() {
        return List.of(Figures.LOSS, byLogit ? Figures.ACCURACY : Spread.FIGURE);
    }

    @Override
    public Batch of(Map<String, Tensor> outputs, List<? extends Target> targets, Mixing mixing, long seen) {
        var values = outputs.get(main).flatten(1, -1);
        var same = same(targets).to(values.device(), values.scalar_type());
        var pairs = values.view(targets.size() / 2, 2, values.size(1));
        var first = pairs.select(1, 0);
        var pictures = new Scalar((double) targets.size());
        return switch (loss) {
            case Loss.BinaryCrossEntropy entropy -> {
                var logits = first.squeeze(1);
                var right = logits.detach().gt(new Scalar(0)).to(same.scalar_type()).eq(same).sum();
                yield new Batch(Losses.ofValues(entropy, logits, same), List.of(right.mul(new Scalar(2))));
            }
            case Loss.Contrastive contrastive -> new Batch(
                    Losses.contrastive(contrastive, first, pairs.select(1, 1), same),
                    List.of(Spread.of(values.detach()).mul(pictures)));
        };
    }

    private static Tensor same(List<? extends Target> targets) {
        if (targets.size() % 2 != 0) {
            throw new StriateException("Pairs expect an even number of pictures; received " + targets.size() + ".");
        }
        return Tensors.of(IntStream.range(0, targets.size() / 2)
                .mapToDouble(i -> label(targets.get(2 * i)) == label(targets.get(2 * i + 1)) ? 1 : 0).toArray(),
                targets.size() / 2);
    }

    static int label(Target target) {
        if (target instanceof Target.Label(var index)) return index;
        throw new StriateException("An identity for each picture was expected; received " + target + ".");
    }
}
