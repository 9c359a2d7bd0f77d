package dev.striate.bench.table;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import org.bytedeco.dnnl.global.dnnl;

/// What the processor can do: the float32 product of two square matrices by oneDNN. `MatrixProduct SECONDS` prints GFLOP/s.
public final class MatrixProduct {
    private static final int[] SIDES = { 1024, 1536, 2048 };

    private MatrixProduct() {}

    public static void main(String[] arguments) {
        var best = 0.0;
        for (var side : SIDES) best = Math.max(best, gflops(side, Double.parseDouble(arguments[0])));
        System.out.println(best);
        System.exit(0);
    }

    /// The best of all runs: a peak is what nothing disturbed.
    private static double gflops(int side, double seconds) {
        var a = matrix(side);
        var b = matrix(side);
        var c = matrix(side);
        var timing = Timing.of(() -> dnnl.dnnl_sgemm((byte) 'N', (byte) 'N', side, side, side, 1, a, side, b, side, 0,
                c, side), seconds);
        return 2e-9 * side * side * side / timing.seconds().getFirst();
    }

    private static FloatBuffer matrix(int side) {
        var matrix = ByteBuffer.allocateDirect(side * side * Float.BYTES).order(ByteOrder.nativeOrder())
                .asFloatBuffer();
        for (var i = 0; i < matrix.capacity(); i++) matrix.put(i, (i % 17 - 8) / 8f);
        return matrix;
    }

    static String version() {
        var version = dnnl.dnnl_version();
        return version.major() + "." + version.minor() + "." + version.patch();
    }
}
