package dev.striate.plan;

import dev.striate.graph.Op;
import dev.striate.graph.Shape;
import dev.striate.graph.Size;
import dev.striate.graph.Window;

/// How a window slides, with its own padding on each side, as oneDNN takes it.
record Geometry(Size kernel, Size stride, Size dilation, Size before, Size after) {
    /// The padding behind is more than the window's own where sizes were rounded up.
    static Geometry of(Window window, Op.Pad pad, Shape x, Shape y) {
        var before = new Size(window.padding().height() + pad.top(), window.padding().width() + pad.left());
        var needed = behind(window, before, x, y);
        var after = new Size(
                Math.max(needed.height(), window.padding().height() + pad.bottom()),
                Math.max(needed.width(), window.padding().width() + pad.right()));
        return new Geometry(window.kernel(), window.stride(), window.dilation(), before, after);
    }

    /// The geometry of a transposed convolution from `x` to `y`: that of the convolution from `y` to `x`, exactly.
    static Geometry transposed(Window window, Shape x, Shape y) {
        var before = window.padding();
        return new Geometry(window.kernel(), window.stride(), window.dilation(), before, behind(window, before, y, x));
    }

    /// What the last step of a window over `x` needs behind it to give `y`.
    private static Size behind(Window window, Size before, Shape x, Shape y) {
        var extent = window.extent();
        return new Size(
                (y.height() - 1) * window.stride().height() + extent.height() - x.height() - before.height(),
                (y.width() - 1) * window.stride().width() + extent.width() - x.width() - before.width());
    }

    long[] kernelSides() {
        return sides(kernel);
    }

    long[] strides() {
        return sides(stride);
    }

    /// oneDNN counts the gaps between a kernel's cells: 0 is dense.
    long[] gaps() {
        return new long[] { dilation.height() - 1, dilation.width() - 1 };
    }

    long[] paddingBefore() {
        return sides(before);
    }

    long[] paddingAfter() {
        return sides(after);
    }

    private static long[] sides(Size size) {
        return new long[] { size.height(), size.width() };
    }
}
