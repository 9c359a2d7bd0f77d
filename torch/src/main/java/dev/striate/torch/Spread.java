package dev.striate.torch;

import org.bytedeco.pytorch.Tensor;

/// How far apart the embeddings of a batch are: the root of their mean squared distance from their mean, 1 for vectors of
/// length 1 that point everywhere, 0 where all pictures have the same.
final class Spread {
    static final String FIGURE = "spread";

    private Spread() {}

    /// Of N×D.
    static Tensor of(Tensor embeddings) {
        var centred = embeddings.sub(embeddings.mean(new long[] { 0 }, true,
                new org.bytedeco.pytorch.ScalarTypeOptional()));
        return centred.mul(centred).sum(1).mean().sqrt();
    }
}
