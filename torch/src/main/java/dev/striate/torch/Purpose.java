package dev.striate.torch;

import dev.striate.graph.Parameter;
import java.util.Optional;
import java.util.function.Predicate;

/// What a network is prepared for.
///
/// @param trained which parameters are trained; a node none of whose parameters is trained is frozen
/// @param pictureGradient whether the gradient of the pictures themselves will be asked for
/// @param recompute whether cheap activations are computed again for the backward pass instead of kept
/// @param fused the type of values for which oneDNN's kernels are taken where it has faster ones than libtorch
/// @param relu what a ReLU lets back through
record Purpose(Predicate<Parameter> trained, boolean pictureGradient, boolean recompute, Optional<FusedType> fused,
        ReluGradient relu) {
    static final Purpose PREDICTION = new Purpose(_ -> false, false, false, Optional.empty(), ReluGradient.TRUE);

    static Purpose training(Predicate<Parameter> trained, boolean recompute, Optional<FusedType> fused) {
        return new Purpose(trained, false, recompute, fused, ReluGradient.TRUE);
    }

    /// The same, where the gradient of the pictures is asked for as well.
    Purpose withPictureGradient() {
        return new Purpose(trained, true, recompute, fused, relu);
    }

    /// Gradients of the pictures through weights that stay as they are, by the fastest kernels.
    static Purpose pictures(Optional<FusedType> fused) {
        return new Purpose(_ -> false, true, false, fused, ReluGradient.TRUE);
    }

    /// The same by libtorch's own kernels.
    static Purpose inspection(ReluGradient relu) {
        return new Purpose(_ -> false, true, false, Optional.empty(), relu);
    }
}
