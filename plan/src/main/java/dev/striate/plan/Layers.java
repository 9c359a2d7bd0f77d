package dev.striate.plan;

import static org.bytedeco.dnnl.global.dnnl.*;

import dev.striate.graph.Shape;
import dev.striate.onednn.Cpu;
import dev.striate.onednn.WorkerThreads;
import dev.striate.onednn.winograd.WinogradConvolution;
import org.bytedeco.dnnl.convolution_forward;
import org.bytedeco.dnnl.memory;
import org.jspecify.annotations.Nullable;

/// Assembles a step that has weights.
final class Layers {
    private final Assembly assembly;
    private final Recorder recorder;
    private final PlanStep step;
    private final TensorView x;
    private final Shape y;
    private final ValueType to;

    Layers(Assembly assembly, PlanStep step) {
        this.assembly = assembly;
        this.step = step;
        recorder = assembly.recorder;
        x = assembly.view(step.input());
        y = assembly.shape(step.output());
        to = assembly.types.real(step.output());
    }

    void convolution(Computation.Convolution layer) {
        var winograd = assembly.blocked || x.type() != ValueType.Real.FLOAT32 ? null
                : Tiles.of(assembly.lowered, step, assembly.batch, assembly.threads());
        if (winograd != null) tiled(layer.weights(), winograd);
        else direct(layer);
    }

    private void tiled(FoldedWeights weights, WinogradConvolution layer) {
        var description = WorkerThreads.alone(() -> Primitives.products(layer));
        Primitives.expect(description, step.name());
        var packed = assembly.constants.tiled(step.name(), weights, description.weights_desc());
        var target = target();
        var result = target != null ? target : recorder.fresh(MemoryFormat.LAST, y, to);
        var products = WorkerThreads.alone(() -> recorder.products(description, packed));
        recorder.tile(layer, assembly.threads(), products, recorder.as(x, MemoryFormat.LAST), result);
        assembly.give(step, result);
    }

    private void direct(Computation.Convolution layer) {
        if (isSlowWithResidual(layer)) addingBehind(layer);
        else direct(layer, target());
    }

    /// Where a residual is added behind a curve (Darknet's blocks), oneDNN may have only its reference code for the whole.
    private boolean isSlowWithResidual(Computation.Convolution layer) {
        if (!step.addsResidual() || step.posts().getFirst() instanceof PostOp.Residual) return false;
        return Primitives
                .slow(Primitives.convolution(layer, step.posts(), MemoryFormat.any(assembly.batch, x.shape(), x.type()),
                        format().dense(assembly.batch, y, to)));
    }

    private void addingBehind(Computation.Convolution layer) {
        var residual = step.posts().stream().filter(PostOp.Residual.class::isInstance).findFirst().orElseThrow();
        var at = step.posts().indexOf(residual);
        var convolution = new Layers(assembly, step.withPosts(step.posts().subList(0, at)));
        var sum = convolution.result(layer);
        var other = recorder.as(assembly.values.as(((PostOp.Residual) residual).value(), to), sum.format());
        var posts = step.posts().subList(at + 1, step.posts().size());
        recorder.arguments().view(DNNL_ARG_SRC_0, sum).view(DNNL_ARG_SRC_1, other).view(DNNL_ARG_DST, sum)
                .execute(Primitives.addition(posts, sum.desc(), other.desc(), sum.desc()));
        assembly.give(step, sum);
    }

    /// What the convolution gives, for whatever reads it next.
    private TensorView result(Computation.Convolution layer) {
        var description = description(layer, null);
        var result = result(description.dst_desc());
        arguments(layer.weights(), description.weights_desc(), recorder.as(x, description.src_desc()), result)
                .execute(description);
        return usual(result);
    }

    private convolution_forward.primitive_desc description(Computation.Convolution layer, @Nullable TensorView target) {
        var blocked = blockedConvolution(layer, target);
        return blocked == null ? anyConvolution(layer, target) : blocked;
    }

    private void direct(Computation.Convolution layer, @Nullable TensorView target) {
        var description = description(layer, target);
        var source = recorder.as(x, description.src_desc());
        var result = target != null && target.desc().equals(description.dst_desc()) ? target
                : result(description.dst_desc());
        arguments(layer.weights(), description.weights_desc(), source, result).execute(description);
        if (result == target) assembly.set(step, result);
        else assembly.give(step, usual(result));
    }

    /// Where the result has to go: over the residual that is added, or into the concatenation that reads it.
    private @Nullable TensorView target() {
        for (var post : step.posts()) if (post instanceof PostOp.Residual(int value)) return overResidual(value);
        return assembly.isPlaced(step.output()) ? assembly.placed(step.output()) : null;
    }

    private TensorView overResidual(int value) {
        var residual = assembly.values.as(value, to);
        var format = format();
        if (assembly.goesOver(value, step) && residual.format() == format) return residual;
        return recorder.copied(residual, format);
    }

    private MemoryFormat format() {
        return assembly.blocked && y.channels() % Cpu.BLOCK == 0 && !y.isVector() ? MemoryFormat.BLOCKED
                : MemoryFormat.unblocked(y);
    }

    private convolution_forward.@Nullable primitive_desc blockedConvolution(Computation.Convolution layer,
            @Nullable TensorView target) {
        if (!assembly.blocked || y.channels() % Cpu.BLOCK != 0) return null;
        memory.desc from;
        if (x.format() == MemoryFormat.BLOCKED) from = x.desc();
        else if (x.shape().channels() % Cpu.BLOCK == 0)
            from = MemoryFormat.BLOCKED.dense(assembly.batch, x.shape(), x.type());
        else if (x.shape().channels() <= 4) from = MemoryFormat.PLAIN.dense(assembly.batch, x.shape(), x.type());
        else return null;
        var dense = target != null ? target.desc() : MemoryFormat.BLOCKED.dense(assembly.batch, y, to);
        var description = Primitives.convolution(layer, step.posts(), from, dense);
        return Primitives.slow(description) ? null : description;
    }

    private convolution_forward.primitive_desc anyConvolution(Computation.Convolution layer,
            @Nullable TensorView target) {
        var from = MemoryFormat.any(assembly.batch, x.shape(), x.type());
        var any = MemoryFormat.any(assembly.batch, y, to);
        if (target != null) {
            var description = Primitives.convolution(layer, step.posts(), from, target.desc());
            if (step.addsResidual() || !Primitives.slow(description)) {
                Primitives.expect(description, step.name());
                return description;
            }
        }
        var description = Primitives.convolution(layer, step.posts(), from, any);
        Primitives.expect(description, step.name());
        return description;
    }

    void deconvolution(Computation.Deconvolution layer) {
        var description = Primitives.deconvolution(layer, step.posts(),
                MemoryFormat.any(assembly.batch, x.shape(), x.type()),
                MemoryFormat.any(assembly.batch, y, to));
        Primitives.expect(description, step.name());
        var result = result(description.dst_desc());
        arguments(layer.weights(), description.weights_desc(), recorder.as(x, description.src_desc()), result)
                .execute(description);
        assembly.give(step, usual(result));
    }

    void product(Computation.Product layer) {
        var flat = layer.weights().sides().length == 2;
        var sides = flat ? new long[] { assembly.batch, x.shape().channels() }
                : MemoryFormat.sides(assembly.batch, x.shape());
        var from = new memory.desc(sides, x.type().stored(), flat ? memory.format_tag.ab : memory.format_tag.any);
        var rows = new memory.desc(new long[] { assembly.batch, y.channels() }, to.stored(), memory.format_tag.ab);
        var description = Primitives.product(layer, step.posts(), from, rows);
        Primitives.expect(description, step.name());
        var source = flat ? recorder.as(x, MemoryFormat.PLAIN).as(from) : recorder.as(x, description.src_desc());
        var result = recorder.fresh(MemoryFormat.PLAIN, y, to);
        arguments(layer.weights(), description.weights_desc(), source, result.as(rows)).execute(description);
        assembly.give(step, result);
    }

    private Recorder.Arguments arguments(FoldedWeights weights, memory.desc packed, TensorView from,
            TensorView result) {
        return recorder.arguments()
                .view(DNNL_ARG_SRC, from)
                .constant(DNNL_ARG_WEIGHTS, assembly.constants.weights(step.name(), weights, packed))
                .constant(DNNL_ARG_BIAS, assembly.constants.vector(step.name() + ".bias", weights.bias()))
                .view(DNNL_ARG_DST, result);
    }

    private TensorView result(memory.desc chosen) {
        var format = recorder.format(chosen, y, to);
        return new TensorView(recorder.region(chosen.get_size()), 0, chosen,
                format == null ? MemoryFormat.PLAIN : format, y, y, assembly.batch, to);
    }

    /// A result in a layout of oneDNN's that is none of ours is copied into one that is; vectors become plain.
    private TensorView usual(TensorView result) {
        var format = y.isVector() ? MemoryFormat.PLAIN : recorder.format(result.desc(), y, to);
        if (format != null && recorder.format(result.desc(), y, to) == format) return result;
        return recorder.copied(result, format == null ? MemoryFormat.LAST : format);
    }
}
