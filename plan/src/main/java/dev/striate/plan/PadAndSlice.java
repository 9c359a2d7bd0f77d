package dev.striate.plan;

import dev.striate.onednn.Cpu;

/// Assembles the steps that surround values with a constant or take some channels of them.
final class PadAndSlice {
    private PadAndSlice() {}

    static void pad(Assembly assembly, PlanStep step, Computation.Pad pad) {
        var x = assembly.view(step.input());
        var shape = assembly.shape(step.output());
        var blocks = assembly.blocked && pad.top() + pad.left() == 0 && x.shape().size().equals(shape.size())
                && pad.channels() % Cpu.BLOCK == 0 && x.shape().channels() % Cpu.BLOCK == 0
                && shape.channels() % Cpu.BLOCK == 0;
        var format = shape.isVector() ? MemoryFormat.PLAIN : blocks ? MemoryFormat.BLOCKED : MemoryFormat.LAST;
        var y = assembly.recorder.fresh(format, shape, x.type());
        assembly.recorder.fill(y, pad.value());
        assembly.recorder.copy(x, y.frame(pad.channels(), pad.top(), pad.left(), x.shape()));
        assembly.give(step, y);
    }

    static void window(Assembly assembly, PlanStep step, Computation.Window window) {
        var shape = assembly.shape(step.output());
        var source = assembly.view(step.input());
        var x = source.strided() || source.format() == MemoryFormat.BLOCKED
                ? assembly.recorder.as(source, MemoryFormat.LAST)
                : source;
        var y = assembly.recorder.fresh(x.format(), shape, x.type());
        assembly.recorder.copy(x.frame(0, window.top(), window.left(), shape), y);
        assembly.give(step, y);
    }

    static void slice(Assembly assembly, PlanStep step, Computation.Slice slice) {
        var x = assembly.view(step.input());
        var shape = assembly.shape(step.output());
        var whole = x.format() == MemoryFormat.BLOCKED
                && (slice.from() % Cpu.BLOCK != 0 || shape.channels() % Cpu.BLOCK != 0) || x.strided()
                        ? assembly.recorder.as(x, MemoryFormat.LAST)
                        : x;
        var y = assembly.recorder.fresh(whole.format(), shape, whole.type());
        assembly.recorder.copy(whole.alone().part(slice.from(), shape), y);
        assembly.give(step, y);
    }
}
