package dev.striate.onnx;

import static dev.striate.onnx.Attributes.integer;
import static dev.striate.onnx.Attributes.integers;
import static dev.striate.onnx.Attributes.size;

import ai.onnx.proto.OnnxMl.AttributeProto;
import dev.striate.graph.Op;
import dev.striate.graph.Size;
import dev.striate.graph.Window;
import java.util.Arrays;
import java.util.List;

/// Poolings. Sizes are known, so rounding up is written as more padding behind, whatever a runtime's `ceil_mode` does.
final class PoolNodes {
    private PoolNodes() {}

    static Value max(NodeWriter at, Op.MaxPool pool) {
        var window = pool.window();
        return at.put("MaxPool", List.of(at.picture()), size("kernel_shape", window.kernel()),
                size("strides", window.stride()), pads(at, window), size("dilations", window.dilation()));
    }

    /// ONNX counts all padding or none; ours never counts what rounding up has added.
    static Value average(NodeWriter at, Op.AvgPool pool) {
        var window = pool.window();
        var padded = !window.padding().equals(Size.ZERO) && pool.countPadding();
        if (!window.dilation().equals(Size.ONE) || padded && pool.ceil()) return weighted(at, pool);
        return at.put("AveragePool", List.of(at.picture()), size("kernel_shape", window.kernel()),
                size("strides", window.stride()), pads(at, window), integer("count_include_pad", padded ? 1 : 0));
    }

    private static Value weighted(NodeWriter at, Op.AvgPool pool) {
        var rows = WindowAxis.rows(at, pool.window());
        var columns = WindowAxis.columns(at, pool.window());
        var shares = new float[rows.places() * columns.places()];
        for (var i = 0; i < shares.length; i++) {
            shares[i] = 1f / (rows.counted(i / columns.places(), pool.countPadding())
                    * columns.counted(i % columns.places(), pool.countPadding()));
        }
        return at.put("Mul", List.of(sums(at, at.picture(), pool.window()),
                at.floats("shares", List.of(rows.places(), columns.places()), shares)));
    }

    /// `(Σ |x|^p)^(1/p)`: ONNX's own knows whole powers only.
    static Value norm(NodeWriter at, Op.LpPool pool) {
        var sizes = at.aside("sizes", "Abs", List.of(at.picture()));
        var powers = at.aside("powers", "Pow", List.of(sizes, at.number("power", pool.power())));
        return at.put("Pow", List.of(sums(at, powers, pool.window()), at.number("root", 1 / pool.power())));
    }

    /// The sum over each window, by a convolution of ones for each channel.
    private static String sums(NodeWriter at, String x, Window window) {
        var channels = at.x().channels();
        var kernel = window.kernel();
        var ones = new float[channels * kernel.area()];
        Arrays.fill(ones, 1);
        return at.aside("sums", "Conv",
                List.of(x, at.floats("ones", List.of(channels, 1, kernel.height(), kernel.width()), ones)),
                size("kernel_shape", kernel), size("strides", window.stride()), pads(at, window),
                size("dilations", window.dilation()), integer("group", channels));
    }

    /// Means over unlike areas are a product with a matrix of shares from either side.
    static Value adaptive(NodeWriter at) {
        var x = at.x().size();
        var y = at.y().size();
        if (y.equals(Size.ONE)) return at.put("GlobalAveragePool", List.of(at.picture()));
        if (x.height() % y.height() == 0 && x.width() % y.width() == 0) {
            var areas = new Size(x.height() / y.height(), x.width() / y.width());
            return at.put("AveragePool", List.of(at.picture()), size("kernel_shape", areas), size("strides", areas));
        }
        var rows = at.floats("rows", List.of(y.height(), x.height()), shares(x.height(), y.height(), false));
        var columns = at.floats("columns", List.of(x.width(), y.width()), shares(x.width(), y.width(), true));
        return at.put("MatMul", List.of(at.aside("lines", "MatMul", List.of(rows, at.picture())), columns));
    }

    private static float[] shares(int n, int areas, boolean transposed) {
        var shares = new float[n * areas];
        for (var area = 0; area < areas; area++) {
            var from = area * n / areas;
            var to = Math.ceilDiv((area + 1) * n, areas);
            for (var i = from; i < to; i++) shares[transposed ? i * areas + area : area * n + i] = 1f / (to - from);
        }
        return shares;
    }

    private static AttributeProto pads(NodeWriter at, Window window) {
        var padding = window.padding();
        return integers("pads", padding.height(), padding.width(), WindowAxis.rows(at, window).behind(),
                WindowAxis.columns(at, window).behind());
    }
}
