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
        var y = assembly.recorder.fresh(format, shape);
        var offset = format.index(shape, pad.channels(), pad.top(), pad.left()) * Float.BYTES;
        assembly.recorder.fill(y, pad.value());
        var inside = format.frame(assembly.batch, x.shape(), shape, MemoryFormat.FLOAT);
        assembly.recorder.copy(x,
                new TensorView(y.region(), offset, inside, format, x.shape(), shape, assembly.batch));
        assembly.give(step, y);
    }

    static void window(Assembly assembly, PlanStep step, Computation.Window window) {
        var shape = assembly.shape(step.output());
        var source = assembly.view(step.input());
        var x = source.strided() || source.format() == MemoryFormat.BLOCKED
                ? assembly.recorder.as(source, MemoryFormat.LAST)
                : source;
        var y = assembly.recorder.fresh(x.format(), shape);
        var offset = x.format().index(x.shape(), 0, window.top(), window.left()) * Float.BYTES;
        var inside = x.format().frame(assembly.batch, shape, x.shape(), MemoryFormat.FLOAT);
        assembly.recorder.copy(new TensorView(x.region(), x.offset() + offset, inside, x.format(), shape, x.shape(),
                assembly.batch), y);
        assembly.give(step, y);
    }

    static void slice(Assembly assembly, PlanStep step, Computation.Slice slice) {
        var x = assembly.view(step.input());
        var shape = assembly.shape(step.output());
        var whole = x.format() == MemoryFormat.BLOCKED
                && (slice.from() % Cpu.BLOCK != 0 || shape.channels() % Cpu.BLOCK != 0) || x.strided()
                        ? assembly.recorder.as(x, MemoryFormat.LAST)
                        : x;
        var y = assembly.recorder.fresh(whole.format(), shape);
        assembly.recorder
                .copy(new TensorView(whole.region(), whole.offset(), whole.desc(), whole.format(), whole.shape(),
                        whole.shape(), assembly.batch).part(slice.from(), shape), y);
        assembly.give(step, y);
    }
}
