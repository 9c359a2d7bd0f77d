package dev.striate.torch;

import dev.striate.recipe.Precision;
import org.bytedeco.pytorch.global.torch.ScalarType;

/// The type in which convolutions and matrix products compute; the rest computes in the parameters' type.
record ComputeTypes(ScalarType products, ScalarType rest) {
    static final ComputeTypes FLOAT32 = new ComputeTypes(ScalarType.Float, ScalarType.Float);
    static final ComputeTypes FLOAT64 = new ComputeTypes(ScalarType.Double, ScalarType.Double);
    static final ComputeTypes BFLOAT16 = new ComputeTypes(ScalarType.BFloat16, ScalarType.Float);

    static ComputeTypes of(Precision precision) {
        return switch (precision) {
            case FLOAT32 -> FLOAT32;
            case FLOAT64 -> FLOAT64;
            case BF16_MIXED -> BFLOAT16;
        };
    }
}
