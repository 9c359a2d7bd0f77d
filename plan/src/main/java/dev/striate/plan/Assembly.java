package dev.striate.plan;

import static org.bytedeco.dnnl.global.dnnl.*;

import dev.striate.graph.Shape;
import dev.striate.onednn.Cpu;
import dev.striate.onednn.NativeObjects;
import dev.striate.onednn.WorkerThreads;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.primitive_desc_base;
import org.bytedeco.javacpp.PointerScope;
import org.jspecify.annotations.Nullable;

/// Compiles a stage of a lowered network: decides how each value lies in memory, creates the primitives, gives every
/// value a place in one arena.
final class Assembly {
    final LoweredNetwork lowered;
    private final Stage stage;
    final int batch;
    final boolean blocked;
    final StepTypes types;
    final Constants constants;
    final Recorder recorder;
    final Values values;
    private ValueType.Real reading = ValueType.Real.FLOAT32;
    private final ConcatInPlace placement;
    private final int[] lastReaders;
    private final Map<Integer, TensorView> roots = new HashMap<>();

    private Assembly(LoweredNetwork whole, Stage stage, boolean blocked, StepTypes types, Constants constants,
            NativeObjects natives) {
        this.stage = stage;
        lowered = whole.part(stage);
        batch = stage.pictures();
        this.blocked = blocked;
        this.constants = constants;
        this.types = types;
        recorder = new Recorder(batch, natives);
        values = new Values(recorder, constants);
        placement = ConcatInPlace.of(lowered, types, blocked ? MemoryFormat.BLOCKED : MemoryFormat.LAST);
        lastReaders = lowered.lastReaders();
    }

    /// @param before what the stage before leaves; null in front of the first
    static Executable of(LoweredNetwork whole, Stage stage, @Nullable Executable before, boolean blocked,
            StepTypes types, Constants constants, NativeObjects natives) {
        try (var _ = new PointerScope()) {
            var assembly = new Assembly(whole, stage, blocked, types, constants, natives);
            var isLast = stage.to() == whole.steps().size();
            Supplier<Executable> compile = () -> assembly.compile(before, isLast);
            return stage.alone() ? WorkerThreads.alone(compile) : compile.get();
        }
    }

    private Executable compile(@Nullable Executable before, boolean isLast) {
        var input = input(before);
        values.put(stage.input(), input);
        for (var i = 0; i < lowered.steps().size(); i++) {
            var step = lowered.steps().get(i);
            recorder.start(i, step.name());
            reading = types.real(step);
            assemble(step);
        }
        recorder.start(lowered.steps().size(), "output");
        var left = isLast ? List.<TensorView>of() : List.of(left(lowered.outputs().getFirst()));
        var outputs = isLast ? results() : List.<TensorView>of();
        var regions = recorder.regions().stream().filter(region -> !region.external()).toList();
        return new Executable(stage, recorder.calls(), MemoryPlanner.place(regions), input, outputs, left);
    }

    /// The pictures lie where the caller has them, and what the stage before has left as it left it.
    private TensorView input(@Nullable Executable before) {
        var shape = lowered.shape(stage.input());
        var left = before == null ? null : before.left().getFirst();
        var format = left != null ? left.format() : MemoryFormat.unblocked(shape);
        var view = recorder.fresh(format, shape, left != null ? left.type() : ValueType.Real.FLOAT32);
        view.region().leave();
        return view;
    }

    /// A value for the next stage, one picture behind the other.
    private TensorView left(int value) {
        var view = values.stored(value);
        var region = view.region();
        var fits = !view.strided() && view.offset() == 0 && region.bytes == view.desc().get_size()
                && !region.fixed() && !region.external();
        var own = fits ? view : recorder.copied(view, view.format());
        own.region().leave();
        return own;
    }

    private List<TensorView> results() {
        var results = new HashMap<Integer, TensorView>();
        for (var value : lowered.outputs()) results.computeIfAbsent(value, this::result);
        return lowered.outputs().stream().map(results::get).toList();
    }

    /// An output as the caller gets it; the pictures, where they are an output themselves, do not lie in the arena.
    private TensorView result(int output) {
        var value = values.as(output, ValueType.Real.FLOAT32);
        if (output != 0 && value.format() == MemoryFormat.PLAIN && !value.strided()) {
            value.region().use(recorder.step());
            return value;
        }
        return recorder.copied(value, MemoryFormat.PLAIN);
    }

    private void assemble(PlanStep step) {
        if (Int8Steps.assemble(this, step)) return;
        var layers = new Layers(this, step);
        switch (step.computation()) {
            case Computation.Convolution layer -> layers.convolution(layer);
            case Computation.Deconvolution layer -> layers.deconvolution(layer);
            case Computation.Product layer -> layers.product(layer);
            case Computation.Pooling pool ->
                unary(step, fresh(step), (x, y) -> Primitives.pooling(pool, x, y), Map.of());
            case Computation.ChannelScale scale -> ChannelScales.assemble(this, step, scale);
            case Computation.Pointwise _ -> pointwise(step);
            case Computation.Addition _ -> addition(step);
            case Computation.Concatenation _ -> concatenation(step);
            case Computation.LocalNormalisation norm ->
                unary(step, fresh(step), (x, y) -> Primitives.localNormalisation(norm.norm(), x, y), Map.of());
            case Computation.Softmax _ -> unary(step, fresh(step), Primitives::softmax, Map.of());
            case Computation.Pad pad -> PadAndSlice.pad(this, step, pad);
            case Computation.Slice slice -> PadAndSlice.slice(this, step, slice);
            case Computation.Window window -> PadAndSlice.window(this, step, window);
            case Computation.Flattening _ -> flattening(step);
            case Computation.Probe probe -> probe(step, probe.loop());
            case Computation.Looped looped -> looped(step, looped.loop());
        }
    }

    /// How many threads share a step.
    int threads() {
        return stage.alone() ? 1 : WorkerThreads.size();
    }

    /// A value in the numbers that the step reads which is being assembled.
    TensorView view(int value) {
        return values.as(value, reading);
    }

    private void probe(PlanStep step, JavaLoop loop) {
        var x = recorder.as(view(step.input()), MemoryFormat.PLAIN);
        recorder.iterate(loop, x, x);
    }

    void set(PlanStep step, TensorView view) {
        values.put(step.output(), view);
    }

    /// Gives a result to those who read it: where its concatenation wants it, or as it is.
    void give(PlanStep step, TensorView result) {
        var place = placement.holds(step.output()) ? placed(step.output()) : result;
        if (place.region() != result.region()) recorder.copy(result, place);
        set(step, place);
    }

    /// Whether a step writes a value straight into the concatenation that reads it.
    boolean isPlaced(int value) {
        return placement.isWritten(value);
    }

    /// The place of a value in the concatenation that reads it.
    TensorView placed(int value) {
        var at = placement.of(value);
        var root = roots.computeIfAbsent(at.root(), _ -> {
            var view = recorder.fresh(placement.format(), placement.rootShape(lowered, value),
                    types.real(at.root()));
            view.region().share();
            return view;
        });
        return root.part(at.channel(), lowered.shape(value));
    }

    /// Whether a value may be overwritten by the step that is being assembled.
    boolean dies(int value) {
        var view = values.stored(value);
        return lastReaders[value] == recorder.step() && !view.region().shared() && !view.strided();
    }

    /// Whether a step may write its result over what it adds: nobody reads that later, nor the step itself as its input.
    boolean goesOver(int residual, PlanStep step) {
        return dies(residual) && !step.inputs().contains(residual);
    }

    /// Where a step writes that does not write over its input: in its input's format.
    TensorView fresh(PlanStep step) {
        var shape = lowered.shape(step.output());
        if (isPlaced(step.output())) return placed(step.output());
        return recorder.fresh(shape.isVector() ? MemoryFormat.PLAIN : view(step.input()).format(), shape, reading);
    }

    TensorView overInput(PlanStep step) {
        return !isPlaced(step.output()) && dies(step.input()) ? view(step.input()) : fresh(step);
    }

    /// A primitive with one input; picture by picture where one side is part of a concatenation.
    void unary(PlanStep step, TensorView y, BiFunction<memory.desc, memory.desc, primitive_desc_base> maker,
            Map<Integer, memory> constants) {
        apply(view(step.input()), y, maker, constants);
        give(step, y);
    }

    private void apply(TensorView source, TensorView y, BiFunction<memory.desc, memory.desc, primitive_desc_base> maker,
            Map<Integer, memory> constants) {
        var vectors = source.shape().isVector() || y.shape().isVector();
        var x = source.format() == y.format() || vectors ? source : recorder.as(source, y.format());
        if (!x.strided() && !y.strided()) {
            execute(x, y, maker, constants);
        } else if (x.format() != MemoryFormat.BLOCKED) {
            execute(recorder.as(x, x.format()), y, maker, constants);
        } else {
            for (var i = 0; i < batch; i++) execute(x.picture(i), y.picture(i), maker, constants);
        }
    }

    /// One curve after the other: oneDNN does not chain them behind one that stands alone.
    private void pointwise(PlanStep step) {
        var y = overInput(step);
        var x = view(step.input());
        for (var post : step.posts()) {
            apply(x, y, (from, to) -> Primitives.pointwise((PostOp.Curve) post, from, to), Map.of());
            x = y;
        }
        give(step, y);
    }

    /// A vector that comes of blocks lies as the blocks do; reads and writes of it say so.
    private void execute(TensorView x, TensorView y, BiFunction<memory.desc, memory.desc, primitive_desc_base> maker,
            Map<Integer, memory> constants) {
        var description = maker.apply(x.desc(), y.desc());
        var target = y;
        if (Primitives.slow(description) && y.shape().isVector() && x.format() != MemoryFormat.PLAIN
                && y.shape().channels() % Math.max(1, Cpu.BLOCK) == 0) {
            target = y.as(x.format().dense(y.batch(), y.shape(), y.type()));
            description = maker.apply(x.desc(), target.desc());
        }
        var arguments = recorder.arguments().view(DNNL_ARG_SRC, x).view(DNNL_ARG_DST, target);
        constants.forEach(arguments::constant);
        arguments.execute(description);
    }

    /// Sums of two, one after the other into the result; what follows the sum follows the last.
    private void addition(PlanStep step) {
        var y = overInput(step);
        var sum = recorder.as(view(step.input()), y.format());
        for (var i = 1; i < step.inputs().size(); i++) {
            var other = recorder.as(view(step.inputs().get(i)), y.format());
            var posts = i == step.inputs().size() - 1 ? step.posts() : List.<PostOp>of();
            if (y.strided()) {
                for (var n = 0; n < batch; n++) add(sum.picture(n), other.picture(n), y.picture(n), posts);
            } else {
                add(sum, other, y, posts);
            }
            sum = y;
        }
        give(step, y);
    }

    private void add(TensorView a, TensorView b, TensorView y, List<PostOp> posts) {
        recorder.arguments().view(DNNL_ARG_SRC_0, a).view(DNNL_ARG_SRC_1, b).view(DNNL_ARG_DST, y)
                .execute(Primitives.addition(posts, a.desc(), b.desc(), y.desc()));
    }

    /// Copies only what its producers have not written into place. Parts that are no whole blocks are joined elsewhere.
    private void concatenation(PlanStep step) {
        var shape = lowered.shape(step.output());
        var inPlace = placement.joins(lowered, step);
        var y = inPlace ? placed(step.output())
                : recorder.fresh(MemoryFormat.unblocked(shape), shape, reading);
        var channel = 0;
        for (var input : step.inputs()) {
            var part = lowered.shape(input);
            if (!inPlace || !placement.lies(input, step.output(), channel)) {
                recorder.copy(view(input), y.part(channel, part));
            }
            channel += part.channels();
        }
        if (inPlace) set(step, y);
        else give(step, y);
    }

    private void flattening(PlanStep step) {
        var plain = recorder.as(view(step.input()), MemoryFormat.PLAIN);
        var shape = lowered.shape(step.output());
        var own = plain == view(step.input()) && plain.region().shared() ? recorder.copied(plain, plain.format())
                : plain;
        set(step, TensorView.dense(own.region(), MemoryFormat.PLAIN, batch, shape, own.type()));
        // The flat view is another value in the region of the first.
        if (own == view(step.input())) own.region().share();
    }

    private void looped(PlanStep step, JavaLoop loop) {
        var x = recorder.as(view(step.input()), MemoryFormat.PLAIN);
        var y = recorder.fresh(MemoryFormat.PLAIN, lowered.shape(step.output()));
        recorder.iterate(loop, x, y);
        give(step, y);
    }

    Shape shape(int value) {
        return lowered.shape(value);
    }
}
