package dev.striate.recipe;

import dev.striate.graph.Op;
import java.util.List;
import java.util.function.LongToDoubleFunction;

/// Bilinear interpolation as the filters of a transposed convolution: each channel is enlarged by itself.
final class Bilinear {
    private Bilinear() {}

    /// The value at each index of a weight channels × filters/groups × kh × kw.
    static LongToDoubleFunction filters(Op.TransposedConv conv, List<Integer> shape) {
        var inGroup = shape.get(0) / conv.groups();
        var filters = shape.get(1);
        int height = shape.get(2);
        int width = shape.get(3);
        return index -> {
            var column = (int) (index % width);
            var row = (int) (index / width % height);
            var filter = index / width / height % filters;
            var channel = index / width / height / filters;
            return channel % inGroup == filter ? tent(row, height) * tent(column, width) : 0;
        };
    }

    /// `1 − |i − c|/f` with `f = ⌈k/2⌉`, whose middle c is a cell for odd k and lies between two for even.
    private static double tent(int i, int kernel) {
        var factor = Math.ceilDiv(kernel, 2);
        return 1 - Math.abs(i - (kernel - 1) / 2.0) / factor;
    }
}
