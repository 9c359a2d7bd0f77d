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

    /// oneDNN's convolutions of 8 bits read and write channels last, and so do tiles; those of bf16 are quicker so (ResNet-18,
    /// batch 8: 45 ms against 67), and a single picture is, but for copying the branches that blocks write in place.
    private static boolean pays(LoweredNetwork lowered, Numbers numbers, int batch) {
        if (numbers instanceof Quantisation) return false;
        return numbers == Numbers.Real.BF16 ? joins(lowered)
                : !tiled(lowered, batch) && (batch > 1 || joins(lowered));
    }

    private static boolean joins(LoweredNetwork lowered) {
        return lowered.steps().stream().anyMatch(step -> step.computation() instanceof Computation.Concatenation);
    }

    /// Whether any step is done by tiles: Inception-v3, of whose work these are a third, takes 31.8 ms channels last, in blocks
    /// 36.7 (one picture, AVX-512).
    private static boolean tiled(LoweredNetwork lowered, int batch) {
        var pictures = batch / lowered.parts(batch);
        var threads = lowered.alone(batch) ? 1 : WorkerThreads.size();
        return lowered.steps().stream().anyMatch(step -> Tiles.of(lowered, step, pictures, threads) != null);
    }

    /// Whether most of the convolutions' multiply-accumulates are in such whose channels are whole blocks.
    private static boolean suits(LoweredNetwork lowered) {
        var all = 0.0;
        var part = 0.0;
        for (var step : lowered.steps()) {
            if (!(step.computation() instanceof Computation.Convolution(FoldedWeights weights, Geometry _))) continue;
            var y = lowered.shape(step.output());
            var work = (double) weights.stored().elements() * y.height() * y.width();
            all += work;
            if (fits(weights, lowered.shape(step.input()).channels())) part += work;
        }
        return all > 0 && part / all >= MOST;
    }

    private static boolean fits(FoldedWeights weights, int channels) {
        return weights.filters() % Cpu.BLOCK == 0 && (channels % Cpu.BLOCK == 0 || channels <= 4);
    }
}
