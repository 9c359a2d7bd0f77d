package dev.striate.torch;

import dev.striate.embedding.Triplets;
import dev.striate.measure.Figures;
import dev.striate.random.RandomStream;
import dev.striate.recipe.Objective;
import dev.striate.target.Target;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/// Embeddings N×D by the triplets that are mined in their own batch (Schroff et al. 2015, §3.2).
record OfTriplets(Objective.Triplets objective, String main, RandomStream chance) implements Criterion {
    /// The share of triplets that still cost something.
    private static final String ACTIVE = "active";

    @Override
    public List<String> figures() {
        return List.of(Figures.LOSS, ACTIVE, Spread.FIGURE);
    }

    @Override
    public Batch of(Map<String, Tensor> outputs, List<? extends Target> targets, Mixing mixing, long seen) {
        var embeddings = outputs.get(main).flatten(1, -1);
        var pictures = new Scalar((double) targets.size());
        var spread = Spread.of(embeddings.detach()).mul(pictures);
        var labels = targets.stream().mapToInt(OfPairs::label).toArray();
        var mined = Triplets.mined(squared(embeddings.detach()), labels, objective.mining(), chance.at(seen).draws());
        if (mined.triplets().isEmpty()) {
            var nothing = embeddings.sum().mul(new Scalar(0));
            return new Batch(nothing, List.of(nothing.detach(), spread));
        }
        var losses = Losses.triplets(objective.loss(), rows(embeddings, mined.anchors()),
                rows(embeddings, mined.positives()), rows(embeddings, mined.negatives()));
        var active = losses.detach().gt(new Scalar(0)).to(embeddings.scalar_type()).mean().mul(pictures);
        return new Batch(losses.mean(), List.of(active, spread));
    }

    private static Tensor rows(Tensor embeddings, long[] places) {
        return embeddings.index_select(0, Tensors.of(places).to(embeddings.device(), ScalarType.Long));
    }

    /// N×N, by `‖a‖² − 2a·b + ‖b‖²`.
    private static double[][] squared(Tensor embeddings) {
        var values = embeddings.to(ScalarType.Double);
        var lengths = values.mul(values).sum(1);
        var squared = lengths.unsqueeze(1).add(lengths.unsqueeze(0)).sub(values.matmul(values.t()).mul(new Scalar(2)));
        var flat = Tensors.doubles(squared);
        var n = (int) embeddings.size(0);
        var rows = new double[n][];
        for (var i = 0; i < n; i++) rows[i] = Arrays.copyOfRange(flat, i * n, (i + 1) * n);
        return rows;
    }
}
