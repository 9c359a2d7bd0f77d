package dev.striate.vision;

import dev.striate.weights.ModelFile;

/// Opens models for inference.
public final class Inferences {
    private Inferences() {}

    /// Opens a model on a device: on the CPU as a compiled plan, in the numbers that its file or somebody says, on a GPU, or
    /// where asked, on libtorch.
    public static Inference open(ModelFile file, Running running) {
        return switch (running.engine()) {
            case PLAN -> Inference.onPlan(file.network(), file.tensors(), running.precision().of(file));
            case TORCH -> Inference.onTorch(file.network(), file.tensors(), running.device());
        };
    }
}
