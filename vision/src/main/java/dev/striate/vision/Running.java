package dev.striate.vision;

import dev.striate.StriateException;
import dev.striate.plan.Numbers;
import dev.striate.plan.Quantisation;
import dev.striate.torch.Device;
import dev.striate.vision.Inference.Engine;
import dev.striate.weights.ModelFile;
import java.util.Optional;

/// Where a model runs, by what, and in which numbers.
public record Running(Device device, Optional<Engine> asked, InferencePrecision precision) {
    /// On the CPU as its file says.
    public static final Running USUAL = new Running(Device.CPU);

    /// Refuses a plan on a GPU, and libtorch in other numbers than float32.
    public Running {
        if (engine(device, asked) == Engine.PLAN && device.kind() != Device.Kind.CPU) {
            throw new StriateException("The engine plan expects the device cpu; received " + device + ".");
        }
        var rounds = precision == InferencePrecision.BF16 || precision == InferencePrecision.INT8;
        if (rounds && engine(device, asked) == Engine.TORCH) {
            throw new StriateException("bf16 and int8 expect the engine plan, on the CPU; received torch on "
                    + device + ", which runs models in float32.");
        }
    }

    public Running(Device device) {
        this(device, Optional.empty(), InferencePrecision.AUTO);
    }

    public Running(Device device, Engine engine) {
        this(device, Optional.of(engine), InferencePrecision.AUTO);
    }

    /// What was asked for; otherwise a plan on the CPU, and libtorch elsewhere.
    public Engine engine() {
        return engine(device, asked);
    }

    private static Engine engine(Device device, Optional<Engine> asked) {
        return asked.orElse(device.kind() == Device.Kind.CPU ? Engine.PLAN : Engine.TORCH);
    }

    /// Whether there are models that this processor has not the numbers for.
    public boolean mayFallBack() {
        return engine() == Engine.PLAN && Numbers.Real.BF16.here() != Numbers.Real.BF16;
    }

    /// Whether a model runs in float32 because this processor has not what was asked for.
    public boolean fallsBack(ModelFile file) {
        var numbers = precision.of(file);
        return engine() == Engine.PLAN && !numbers.equals(numbers.here());
    }

    /// What runs a model, and in which numbers.
    public String words(ModelFile file) {
        return switch (engine()) {
            case TORCH -> "libtorch on " + device + ", float32";
            case PLAN -> "a plan for the CPU, " + switch (precision.of(file).here()) {
                case Numbers.Real.FLOAT32 -> fallsBack(file) ? "float32, since oneDNN has no bf16 for this processor ("
                        + Numbers.instructions() + ")" : "float32";
                case Numbers.Real.BF16 -> "bf16";
                case Quantisation quantisation -> quantisation.layers().size() + " layers in int8";
            };
        };
    }
}
