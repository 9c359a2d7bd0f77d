package dev.striate.plan;

import static org.bytedeco.dnnl.global.dnnl.*;

import dev.striate.graph.Shape;
import dev.striate.onednn.Cpu;
import dev.striate.onednn.NativeObjects;
import dev.striate.onednn.winograd.WinogradConvolution;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.dnnl.matmul;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.primitive;
import org.bytedeco.dnnl.primitive_desc_base;
import org.jspecify.annotations.Nullable;

/// Collects a plan's calls, and when each region of its memory is in use.
final class Recorder {
    private final int batch;
    private final NativeObjects natives;
    private final List<PreparedCall> calls = new ArrayList<>();
    private final List<Lifetime> regions = new ArrayList<>();
    private int step;
    private String node = "";

    Recorder(int batch, NativeObjects natives) {
        this.batch = batch;
        this.natives = natives;
    }

    void start(int step, String node) {
        this.step = step;
        this.node = node;
    }

    int step() {
        return step;
    }

    List<PreparedCall> calls() {
        return calls;
    }

    List<Lifetime> regions() {
        return regions;
    }

    Lifetime region(long bytes) {
        var region = new Lifetime(bytes);
        regions.add(region);
        return region;
    }

    TensorView fresh(MemoryFormat format, Shape shape) {
        return fresh(format, shape, ValueType.Real.FLOAT32);
    }

    TensorView fresh(MemoryFormat format, Shape shape, ValueType type) {
        var desc = format.dense(batch, shape, type);
        return new TensorView(region(desc.get_size()), 0, natives.keep(desc), format, shape, shape, batch, type);
    }

    /// Arguments of one primitive.
    final class Arguments {
        private final List<PreparedCall.Argument> list = new ArrayList<>();

        Arguments view(int number, TensorView view) {
            return variable(number, view.desc(), view.region(), view.offset());
        }

        private Arguments variable(int number, memory.desc desc, Lifetime region, long offset) {
            region.use(step);
            list.add(new PreparedCall.Variable(number, natives.keep(desc), region, offset));
            return this;
        }

        Arguments constant(int number, memory memory) {
            list.add(new PreparedCall.Constant(number, memory));
            return this;
        }

        /// Records the primitive, with a scratchpad if it needs one.
        void execute(primitive_desc_base description) {
            Primitives.expect(description, node);
            var scratchpad = description.scratchpad_desc();
            if (scratchpad.get_size() > 0) {
                variable(DNNL_ARG_SCRATCHPAD, scratchpad, region(scratchpad.get_size()), 0);
            }
            calls.add(new PreparedCall.Execute(natives.keep(new primitive(description.get())), List.copyOf(list)));
        }
    }

    Arguments arguments() {
        return new Arguments();
    }

    void iterate(JavaLoop loop, TensorView from, TensorView to) {
        calls.add(new PreparedCall.Iterate(loop, inPlace(from), inPlace(to)));
    }

    /// A view whose memory stays where it is, for what is not oneDNN's; a copy of one that lies outside.
    private TensorView inPlace(TensorView view) {
        var own = view.region().external() ? copied(view, view.format()) : view;
        own.region().use(step);
        own.region().fix();
        return own;
    }

    /// The same values dense and in this format.
    TensorView copied(TensorView view, MemoryFormat format) {
        var copy = fresh(format, view.shape(), view.type());
        copy(view, copy);
        return copy;
    }

    void tile(WinogradConvolution layer, int threads, PreparedCall.Products products, TensorView from, TensorView to) {
        calls.add(new PreparedCall.Tile(layer, threads, products, inPlace(from), inPlace(to),
                chunks(products.transformed(), threads),
                chunks(products.multiplied(), threads), chunks(products.scratch(), threads)));
    }

    void normalise(NormalisedRows rows, int threads, TensorView from, TensorView to) {
        calls.add(new PreparedCall.Normalise(rows, threads, inPlace(from), inPlace(to)));
    }

    private Lifetime chunks(memory.desc desc, int threads) {
        var region = region(PreparedCall.Products.each(desc) * threads);
        region.use(step);
        return region;
    }

    PreparedCall.Products products(matmul.primitive_desc description, memory weights) {
        return new PreparedCall.Products(natives.keep(new matmul(description)), weights,
                natives.keep(description.src_desc()),
                natives.keep(description.dst_desc()), natives.keep(description.scratchpad_desc()));
    }

    void fill(TensorView view, float value) {
        calls.add(new PreparedCall.Fill(inPlace(view), value));
    }

    void copy(TensorView from, TensorView to) {
        arguments().view(DNNL_ARG_FROM, from).view(DNNL_ARG_TO, to)
                .execute(Primitives.reorder(from.desc(), to.desc()));
    }

    /// The view itself if it is dense and in this format, else a copy that is.
    TensorView as(TensorView view, MemoryFormat format) {
        if (view.format() == format && !view.strided()) return view;
        if (view.shape().isVector() && view.format() == MemoryFormat.PLAIN && !view.strided()) return view;
        return copied(view, format);
    }

    /// The view itself if it lies as a primitive chose, else a copy that does.
    TensorView as(TensorView view, memory.desc wanted) {
        if (view.desc().equals(wanted)) return view;
        var copy = new TensorView(region(wanted.get_size()), 0, natives.keep(wanted), view.format(), view.shape(),
                view.shape(), batch, view.type());
        copy(view, copy);
        return copy;
    }

    /// The format in which a primitive chose to write, if it is one of ours.
    @Nullable
    MemoryFormat format(memory.desc desc, Shape shape, ValueType type) {
        for (var format : new MemoryFormat[] { MemoryFormat.PLAIN, MemoryFormat.LAST, MemoryFormat.BLOCKED }) {
            if ((format != MemoryFormat.BLOCKED || Cpu.BLOCK > 0) && format.dense(batch, shape, type).equals(desc)) {
                return format;
            }
        }
        return null;
    }
}
