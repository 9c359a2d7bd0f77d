package dev.striate.plan;

import dev.striate.onednn.Cpu;
import dev.striate.onednn.WorkerThreads;

/// Decides whether a plan keeps its values in blocks of channels.
final class BlockedLayout {
    private static final double MOST = 0.8;

    private BlockedLayout() {}

    static boolean blocked(LoweredNetwork lowered, PlanOptions options, int batch) {
        return switch (options.layout()) {
            case AUTOMATIC -> Cpu.BLOCK > 0 && suits(lowered) && pays(lowered, options.numbers(), batch);
            case BLOCKED -> Cpu.BLOCK > 0;
            case CHANNELS_LAST -> false;
        };
    }

    /// oneDNN's convolutions of bf16 are quicker channels last (ResNet-18, batch 8: 45 ms against 67), but for branches.
    private static boolean pays(LoweredNetwork lowered, Numbers numbers, int batch) {
        if (numbers == Numbers.Real.BF16) return joins(lowered);
        return (batch > 1 || joins(lowered)) && !tiles(lowered, batch);
    }

    /// A single picture alone is quicker channels last, but for copying the branches that blocks write in place (AVX-512,
    /// ResNet-50: 38 ms against 42).
    private static boolean joins(LoweredNetwork lowered) {
        return lowered.steps().stream().anyMatch(step -> step.computation() instanceof Computation.Concatenation);
    }

    /// Whether some of the work is done by tiles, which lie channels last.
    private static boolean tiles(LoweredNetwork lowered, int batch) {
        return lowered.divides(batch) && lowered.steps().stream()
                .anyMatch(step -> Tiles.of(lowered, step, batch / WorkerThreads.size()) != null);
    }

    /// Whether most of the work is in convolutions whose channels are whole blocks.
    private static boolean suits(LoweredNetwork lowered) {
        var all = 0.0;
        var suited = 0.0;
        for (var step : lowered.steps()) {
            if (!(step.computation() instanceof Computation.Convolution(FoldedWeights weights, Geometry _))) continue;
            var y = lowered.shape(step.output());
            var work = (double) weights.stored().elements() * y.height() * y.width();
            all += work;
            if (fits(weights, lowered.shape(step.input()).channels())) suited += work;
        }
        return all > 0 && suited >= MOST * all;
    }

    private static boolean fits(FoldedWeights weights, int channels) {
        return weights.filters() % Cpu.BLOCK == 0 && (channels % Cpu.BLOCK == 0 || channels <= 4);
    }
}
