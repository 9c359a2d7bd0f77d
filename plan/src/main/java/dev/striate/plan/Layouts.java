package dev.striate.plan;

import dev.striate.onednn.Cpu;
import dev.striate.onednn.WorkerThreads;

/// Decides whether a plan keeps its values in blocks of channels.
final class Layouts {
    private static final double MOST = 0.8;

    private Layouts() {}

    static boolean blocked(Program program, Settings.Layout layout, int batch) {
        return switch (layout) {
            case AUTOMATIC -> Cpu.BLOCK > 0 && suits(program) && (batch > 1 || joins(program))
                    && !tiles(program, batch);
            case BLOCKED -> Cpu.BLOCK > 0;
            case CHANNELS_LAST -> false;
        };
    }

    /// A single picture alone is quicker channels last, but for copying the branches that blocks write in place (AVX-512,
    /// ResNet-50: 38 ms against 42).
    private static boolean joins(Program program) {
        return program.steps().stream().anyMatch(step -> step.stage() instanceof Stage.Concatenation);
    }

    /// Whether some of the work is done by tiles, which lie channels last.
    private static boolean tiles(Program program, int batch) {
        return program.divides(batch) && program.steps().stream()
                .anyMatch(step -> Tiles.of(program, step, batch / WorkerThreads.size()) != null);
    }

    /// Whether most of the work is in convolutions whose channels are whole blocks.
    private static boolean suits(Program program) {
        var all = 0.0;
        var suited = 0.0;
        for (var step : program.steps()) {
            if (!(step.stage() instanceof Stage.Convolution(Weights weights, Geometry _))) continue;
            var y = program.shape(step.output());
            var work = (double) weights.stored().elements() * y.height() * y.width();
            all += work;
            if (fits(weights, program.shape(step.input()).channels())) suited += work;
        }
        return all > 0 && suited >= MOST * all;
    }

    private static boolean fits(Weights weights, int channels) {
        return weights.filters() % Cpu.BLOCK == 0 && (channels % Cpu.BLOCK == 0 || channels <= 4);
    }
}
