package dev.striate.torch;

import dev.striate.target.Target;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/// The reading of an objective that training differentiates: the loss of a batch, and figures of it to show.
interface Criterion {
    /// The names of the figures that [#of] gives, the loss first.
    List<String> figures();

    /// What a batch's outputs, by name, are worth. Outputs are leaves for autograd, float32 or float64.
    ///
    /// @param seen how many pictures training has seen before
    Batch of(Map<String, Tensor> outputs, List<? extends Target> targets, Mixing mixing, long seen);

    /// @param loss one value, the mean over the batch's pictures, to differentiate
    /// @param sums the figures behind the loss, each one value: the sum over the batch's pictures, without a gradient
    record Batch(Tensor loss, List<Tensor> sums) {}
}
