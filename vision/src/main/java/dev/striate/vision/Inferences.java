package dev.striate.vision;

import dev.striate.StriateException;
import dev.striate.torch.Device;
import dev.striate.vision.Inference.Engine;
import dev.striate.weights.ModelFile;
import java.util.Optional;

/// Opens models for inference.
public final class Inferences {
    private Inferences() {}

    /// Opens a model on a device: on the CPU as a compiled plan, in int8 where it was quantised, on a GPU, or where asked,
    /// on libtorch.
    public static Inference open(ModelFile file, Device device, Optional<Engine> engine) {
        var usual = device.kind() == Device.Kind.CPU ? Engine.PLAN : Engine.TORCH;
        if (engine.orElse(usual) == Engine.PLAN && device.kind() != Device.Kind.CPU) {
            throw new StriateException("The engine plan expects the device cpu; received " + device + ".");
        }
        return switch (engine.orElse(usual)) {
            case PLAN -> Inference.onPlan(file.network(), file.tensors(), Rounding.of(file));
            case TORCH -> Inference.onTorch(file.network(), file.tensors(), device);
        };
    }
}
