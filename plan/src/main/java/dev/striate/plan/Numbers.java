package dev.striate.plan;

import dev.striate.onednn.Cpu;

/// The numbers that a plan computes with and keeps its values in: float32, bf16, or, as a [Quantisation] says, int8.
public sealed interface Numbers permits Numbers.Real, Quantisation {
    enum Real implements Numbers {
        FLOAT32,
        /// Weights and values of 16 bits, of which 8 are the exponent; what reads pictures, normalisation by neighbours,
        /// softmax, sums and outputs stay float32.
        BF16
    }

    /// The processor's instructions that oneDNN uses, as it names them: without some of them it has no bf16.
    static String instructions() {
        return Cpu.instructions();
    }

    /// What runs on this processor: float32 where oneDNN has no bf16.
    default Numbers here() {
        return this == Real.BF16 && !Cpu.BF16 ? Real.FLOAT32 : this;
    }
}
