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
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.primitive_desc_base;
import org.bytedeco.javacpp.PointerScope;

/// Compiles a program for one batch size: decides how each value lies in memory, creates the primitives, and gives every
/// value a place in one arena.
final class Assembly {
    final Program program;
    final int batch;
    final boolean blocked;
    final boolean alone;
    final Storage storage;
    final Constants constants;
    final Quantisation quantisation;
    final Recorder recorder;
    final Values values;
    private final Placement placement;
    private final int[] lastReaders;
    private final Map<Integer, View> roots = new HashMap<>();

    private Assembly(Program program, int batch, boolean blocked, boolean alone, Quantisation quantisation,
            Constants constants,
            NativeObjects natives) {
        this.program = program;
        this.batch = batch;
        this.blocked = blocked;
        this.alone = alone;
        this.quantisation = quantisation;
        this.constants = constants;
        storage = Storage.of(program, quantisation);
        recorder = new Recorder(batch, natives);
        values = new Values(recorder, constants);
        placement = blocked ? Placement.of(program, Cpu.BLOCK) : Placement.none();
        lastReaders = program.lastReaders();
    }

    /// @param alone for one thread, beside others, rather than for OpenMP's
    static Compiled of(Program program, int batch, boolean blocked, boolean alone, Quantisation quantisation,
            Constants constants, NativeObjects natives) {
        try (var _ = new PointerScope()) {
            var assembly = new Assembly(program, batch, blocked, alone, quantisation, constants, natives);
            return alone ? WorkerThreads.alone(assembly::compile) : assembly.compile();
        }
    }

    private Compiled compile() {
        var input = input();
        values.put(0, input);
        for (var i = 0; i < program.steps().size(); i++) {
            var step = program.steps().get(i);
            recorder.start(i, step.name());
            assemble(step);
        }
        recorder.start(program.steps().size(), "output");
        var outputs = results();
        var regions = recorder.regions().stream().filter(region -> region != input.region()).toList();
        return new Compiled(batch, alone, recorder.calls(), Regions.place(regions), input.region(), outputs);
    }

    /// The pictures lie where the caller has them.
    private View input() {
        var shape = program.shape(0);
        var view = recorder.fresh(shape.isVector() ? Format.PLAIN : Format.LAST, shape);
        view.region().share();
        return view;
    }

    private List<View> results() {
        var results = new HashMap<Integer, View>();
        for (var value : program.outputs()) results.computeIfAbsent(value, this::result);
        return program.outputs().stream().map(results::get).toList();
    }

    /// An output as the caller gets it; the pictures, where they are an output themselves, do not lie in the arena.
    private View result(int output) {
        var value = view(output);
        if (output != 0 && value.format() == Format.PLAIN && !value.strided()) {
            value.region().use(recorder.step());
            return value;
        }
        var plain = recorder.fresh(Format.PLAIN, value.shape());
        recorder.copy(value, plain);
        return plain;
    }

    private void assemble(Step step) {
        if (Bytes.assemble(this, step)) return;
        var layers = new Layers(this, step);
        switch (step.stage()) {
            case Stage.Convolution layer -> layers.convolution(layer);
            case Stage.Deconvolution layer -> layers.deconvolution(layer);
            case Stage.Product layer -> layers.product(layer);
            case Stage.Pooling pool -> unary(step, fresh(step), (x, y) -> Primitives.pooling(pool, x, y), Map.of());
            case Stage.ChannelScale scale -> channelScale(step, scale);
            case Stage.Pointwise _ -> pointwise(step);
            case Stage.Addition _ -> addition(step);
            case Stage.Concatenation _ -> concatenation(step);
            case Stage.LocalNormalisation norm ->
                unary(step, fresh(step), (x, y) -> Primitives.localNormalisation(norm.norm(), x, y), Map.of());
            case Stage.Softmax _ -> unary(step, fresh(step), Primitives::softmax, Map.of());
            case Stage.Framing framing -> Parts.framing(this, step, framing);
            case Stage.Cut cut -> Parts.cut(this, step, cut);
            case Stage.Window window -> Parts.window(this, step, window);
            case Stage.Flattening _ -> flattening(step);
            case Stage.Observation observation -> observation(step, observation.loop());
            case Stage.Looped looped -> looped(step, looped.loop());
        }
    }

    /// A value as float32.
    View view(int value) {
        return values.floats(value);
    }

    private void observation(Step step, Loop loop) {
        var x = recorder.as(view(step.input()), Format.PLAIN);
        recorder.iterate(loop, x, x);
    }

    void set(Step step, View view) {
        values.put(step.output(), view);
    }

    /// Gives a result to those who read it: where its concatenation wants it, or as it is.
    void give(Step step, View result) {
        if (placement.holds(step.output())) {
            var place = placed(step.output());
            recorder.copy(result, place);
            set(step, place);
        } else {
            set(step, result);
        }
    }

    boolean isPlaced(int value) {
        return placement.holds(value);
    }

    /// The place of a value in the concatenation that reads it.
    View placed(int value) {
        var at = placement.of(value);
        var root = roots.computeIfAbsent(at.root(), _ -> {
            var view = recorder.fresh(Format.BLOCKED, placement.rootShape(program, value));
            view.region().share();
            return view;
        });
        return root.part(at.channel(), program.shape(value));
    }

    /// Whether a value may be overwritten by the step that is being assembled.
    boolean dies(int value) {
        var view = values.stored(value);
        return lastReaders[value] == recorder.step() && !view.region().shared() && !view.strided();
    }

    /// Whether a step may write its result over what it adds: nobody reads that later, nor the step itself as its input.
    boolean goesOver(int residual, Step step) {
        return dies(residual) && !step.inputs().contains(residual);
    }

    /// Where a step writes that does not write over its input: in its input's format.
    View fresh(Step step) {
        var shape = program.shape(step.output());
        if (isPlaced(step.output())) return placed(step.output());
        return recorder.fresh(shape.isVector() ? Format.PLAIN : view(step.input()).format(), shape);
    }

    View overInput(Step step) {
        return !isPlaced(step.output()) && dies(step.input()) ? view(step.input()) : fresh(step);
    }

    /// A primitive with one input; picture by picture where one side is part of a concatenation.
    private void unary(Step step, View y, BiFunction<memory.desc, memory.desc, primitive_desc_base> maker,
            Map<Integer, memory> constants) {
        apply(view(step.input()), y, maker, constants);
        set(step, y);
    }

    private void apply(View source, View y, BiFunction<memory.desc, memory.desc, primitive_desc_base> maker,
            Map<Integer, memory> constants) {
        var vectors = source.shape().isVector() || y.shape().isVector();
        var x = source.format() == y.format() || vectors ? source : recorder.as(source, y.format());
        if (!x.strided() && !y.strided()) {
            execute(x, y, maker, constants);
        } else if (x.format() != Format.BLOCKED) {
            execute(recorder.as(x, x.format()), y, maker, constants);
        } else {
            for (var i = 0; i < batch; i++) execute(x.picture(i), y.picture(i), maker, constants);
        }
    }

    /// One curve after the other: oneDNN does not chain them behind one that stands alone.
    private void pointwise(Step step) {
        var y = overInput(step);
        var x = view(step.input());
        for (var post : step.posts()) {
            apply(x, y, (from, to) -> Primitives.pointwise((Post.Curve) post, from, to), Map.of());
            x = y;
        }
        set(step, y);
    }

    /// A vector that comes of blocks lies as the blocks do; reads and writes of it say so.
    private void execute(View x, View y, BiFunction<memory.desc, memory.desc, primitive_desc_base> maker,
            Map<Integer, memory> constants) {
        var description = maker.apply(x.desc(), y.desc());
        var target = y;
        if (Primitives.slow(description) && y.shape().isVector() && x.format() != Format.PLAIN
                && y.shape().channels() % Math.max(1, Cpu.BLOCK) == 0) {
            target = new View(y.region(), y.offset(), x.format().dense(y.batch(), y.shape()), y.format(), y.shape(),
                    y.shape(), y.batch());
            description = maker.apply(x.desc(), target.desc());
        }
        var arguments = recorder.arguments().view(DNNL_ARG_SRC, x).view(DNNL_ARG_DST, target);
        constants.forEach(arguments::constant);
        arguments.execute(description);
    }

    private void channelScale(Step step, Stage.ChannelScale scale) {
        var channels = scale.scale().length;
        var ones = new float[channels];
        java.util.Arrays.fill(ones, 1);
        unary(step, overInput(step), (x, y) -> Primitives.channelScale(!step.posts().isEmpty(), x, y), Map.of(
                DNNL_ARG_SCALE, constants.vector(step.name() + ".scale", scale.scale()),
                DNNL_ARG_SHIFT, constants.vector(step.name() + ".shift", scale.shift()),
                DNNL_ARG_MEAN, constants.vector("zeros." + channels, new float[channels]),
                DNNL_ARG_VARIANCE, constants.vector("ones." + channels, ones)));
    }

    /// Sums of two, one after the other into the result; what follows the sum follows the last.
    private void addition(Step step) {
        var y = overInput(step);
        var sum = recorder.as(view(step.input()), y.format());
        for (var i = 1; i < step.inputs().size(); i++) {
            var other = recorder.as(view(step.inputs().get(i)), y.format());
            var posts = i == step.inputs().size() - 1 ? step.posts() : List.<Post>of();
            if (y.strided()) {
                for (var n = 0; n < batch; n++) add(sum.picture(n), other.picture(n), y.picture(n), posts);
            } else {
                add(sum, other, y, posts);
            }
            sum = y;
        }
        set(step, y);
    }

    private void add(View a, View b, View y, List<Post> posts) {
        recorder.arguments().view(DNNL_ARG_SRC_0, a).view(DNNL_ARG_SRC_1, b).view(DNNL_ARG_DST, y)
                .execute(Primitives.addition(posts, a.desc(), b.desc(), y.desc()));
    }

    /// Copies only what its producers have not written into place. Parts that are no whole blocks are joined elsewhere.
    private void concatenation(Step step) {
        var shape = program.shape(step.output());
        var inPlace = placement.holds(step.output()) && Placement.aligned(program, step, Cpu.BLOCK);
        var y = inPlace ? placed(step.output()) : recorder.fresh(shape.isVector() ? Format.PLAIN : Format.LAST, shape);
        var channel = 0;
        for (var input : step.inputs()) {
            var part = program.shape(input);
            if (!inPlace || !placement.lies(input, step.output(), channel)) {
                recorder.copy(view(input), y.part(channel, part));
            }
            channel += part.channels();
        }
        if (inPlace) set(step, y);
        else give(step, y);
    }

    private void flattening(Step step) {
        var plain = recorder.as(view(step.input()), Format.PLAIN);
        var shape = program.shape(step.output());
        var own = plain == view(step.input()) && plain.region().shared() ? copied(plain) : plain;
        set(step, View.dense(own.region(), Format.PLAIN, batch, shape));
        // The flat view is another value in the region of the first.
        if (own == view(step.input())) own.region().share();
    }

    private View copied(View view) {
        var copy = recorder.fresh(view.format(), view.shape());
        recorder.copy(view, copy);
        return copy;
    }

    private void looped(Step step, Loop loop) {
        var x = recorder.as(view(step.input()), Format.PLAIN);
        var y = recorder.fresh(Format.PLAIN, program.shape(step.output()));
        recorder.iterate(loop, x, y);
        give(step, y);
    }

    Shape shape(int value) {
        return program.shape(value);
    }
}
