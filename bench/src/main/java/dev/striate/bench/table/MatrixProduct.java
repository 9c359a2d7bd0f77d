package dev.striate.bench.table;

import static org.bytedeco.dnnl.global.dnnl.*;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.bytedeco.dnnl.dnnl_exec_arg_t;
import org.bytedeco.dnnl.engine;
import org.bytedeco.dnnl.matmul;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.stream;

/// What the processor can do: the float32 product of two square matrices by oneDNN, each laid out as oneDNN likes it
/// best. `MatrixProduct SECONDS` prints GFLOP/s.
public final class MatrixProduct {
    private static final int[] SIDES = { 768, 1024, 1536, 2048 };

    private final engine cpu = new engine(engine.kind.cpu, 0);
    private final stream stream = new stream(cpu);

    private MatrixProduct() {}

    public static void main(String[] arguments) {
        var product = new MatrixProduct();
        var best = 0.0;
        for (var side : SIDES) best = Math.max(best, product.gflops(side, Double.parseDouble(arguments[0])));
        System.out.println(best);
        System.exit(0);
    }

    /// The best of all runs: a peak is what nothing disturbed.
    private double gflops(int side, double seconds) {
        var any = new memory.desc(new long[] { side, side }, memory.data_type.f32, memory.format_tag.any);
        var description = new matmul.primitive_desc(cpu, any, any, any);
        var product = new matmul(description);
        var arguments = new dnnl_exec_arg_t(3);
        arguments.position(0).arg(DNNL_ARG_SRC).memory(ones(description.src_desc()).get());
        arguments.position(1).arg(DNNL_ARG_WEIGHTS).memory(ones(description.weights_desc()).get());
        arguments.position(2).arg(DNNL_ARG_DST).memory(ones(description.dst_desc()).get());
        arguments.position(0);
        var timing = Timing.of(() -> {
            dnnl_primitive_execute(product.get(), stream.get(), 3, arguments);
            dnnl_stream_wait(stream.get());
        }, seconds);
        return 2e-9 * side * side * side / timing.seconds().getFirst();
    }

    @SuppressWarnings("restricted")
    private memory ones(memory.desc layout) {
        var matrix = new memory(layout, cpu);
        var bytes = layout.get_size();
        var values = MemorySegment.ofAddress(matrix.get_data_handle().address()).reinterpret(bytes);
        for (var i = 0L; i < bytes / Float.BYTES; i++) values.setAtIndex(ValueLayout.JAVA_FLOAT, i, 1);
        return matrix;
    }

    static String version() {
        var version = dnnl_version();
        return version.major() + "." + version.minor() + "." + version.patch();
    }
}
