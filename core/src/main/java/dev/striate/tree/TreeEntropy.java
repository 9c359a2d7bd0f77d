package dev.striate.tree;

import dev.striate.StriateException;

/// The cross entropy of a class and of those above it, each among its siblings (Redmon and Farhadi 2017, §4):
/// `−Σ_groups Σ_k q_k log softmax(z)_k` over the groups of siblings on the way from the root down, with
/// `q = (1 − s)·onehot + s/n` in a group of n.
///
/// @param labelSmoothing the share s, from 0 to 1
public record TreeEntropy(ClassTree tree, double labelSmoothing) {
    public TreeEntropy {
        if (!(labelSmoothing >= 0 && labelSmoothing <= 1)) {
            throw new StriateException("Label smoothing lies from 0 to 1; received " + labelSmoothing + ".");
        }
    }

    /// The loss of one picture's logits, in nats.
    public double of(double[] logits, int label) {
        return of(logits, label, new double[logits.length]);
    }

    /// The same; its gradient, 0 for a class that is neither on the path nor beside it, goes where that is 0 so far.
    public double of(double[] logits, int label, double[] gradient) {
        var loss = 0.0;
        for (var own : tree.path(label)) {
            var group = tree.siblings(own);
            var norm = logSumExp(logits, group);
            for (var k : group) {
                var wanted = labelSmoothing / group.length + (k == own ? 1 - labelSmoothing : 0);
                loss += wanted * (norm - logits[k]);
                gradient[k] = Math.exp(logits[k] - norm) - wanted;
            }
        }
        return loss;
    }

    private static double logSumExp(double[] logits, int[] group) {
        var largest = Double.NEGATIVE_INFINITY;
        for (var k : group) largest = Math.max(largest, logits[k]);
        var sum = 0.0;
        for (var k : group) sum += Math.exp(logits[k] - largest);
        return largest + Math.log(sum);
    }
}
