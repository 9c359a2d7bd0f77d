package dev.striate.onnx;

import dev.striate.graph.Window;

/// How a window slides along one side of a picture of `n` rows or columns, and stops at so many places.
record WindowAxis(int n, int places, int kernel, int stride, int padding, int dilation) {
    static WindowAxis rows(NodeWriter at, Window window) {
        return new WindowAxis(at.x().height(), at.y().height(), window.kernel().height(), window.stride().height(),
                window.padding().height(), window.dilation().height());
    }

    static WindowAxis columns(NodeWriter at, Window window) {
        return new WindowAxis(at.x().width(), at.y().width(), window.kernel().width(), window.stride().width(),
                window.padding().width(), window.dilation().width());
    }

    /// What the last window reaches behind the input, or the padding where it does not.
    int behind() {
        return Math.max(padding, (places - 1) * stride + dilation * (kernel - 1) + 1 - n - padding);
    }

    /// How many cells of the window count at a place: those on the input, and those on the padding where that counts.
    int counted(int place, boolean countPadding) {
        var count = 0;
        for (var cell = 0; cell < kernel; cell++) {
            var at = place * stride - padding + cell * dilation;
            if (countPadding ? at < n + padding : at >= 0 && at < n) count++;
        }
        return count;
    }
}
