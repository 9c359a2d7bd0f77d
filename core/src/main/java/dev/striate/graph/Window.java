package dev.striate.graph;

import dev.striate.StriateException;

/// How a kernel slides: its size, its stride, the padding on both sides, and the dilation between its cells.
public record Window(Size kernel, Size stride, Size padding, Size dilation) {
    public Window {
        if (Math.min(kernel.height(), kernel.width()) < 1) refuse("a kernel of at least 1×1", kernel);
        if (Math.min(stride.height(), stride.width()) < 1) refuse("a stride of at least 1", stride);
        if (Math.min(padding.height(), padding.width()) < 0) refuse("a padding of at least 0", padding);
        if (Math.min(dilation.height(), dilation.width()) < 1) refuse("a dilation of at least 1", dilation);
    }

    private static void refuse(String expected, Size received) {
        throw StriateException.network("A window needs " + expected + "; received " + received + ".");
    }

    /// A window of stride 1, without padding or dilation.
    public static Window of(Size kernel) {
        return new Window(kernel, Size.ONE, Size.ZERO, Size.ONE);
    }

    public static Window of(int kernel) {
        return of(Size.square(kernel));
    }

    public Window withStride(Size stride) {
        return new Window(kernel, stride, padding, dilation);
    }

    public Window withPadding(Size padding) {
        return new Window(kernel, stride, padding, dilation);
    }

    public Window withDilation(Size dilation) {
        return new Window(kernel, stride, padding, dilation);
    }

    /// The kernel's reach with its dilation: d(f − 1) + 1 per side.
    public Size extent() {
        return new Size(dilation.height() * (kernel.height() - 1) + 1, dilation.width() * (kernel.width() - 1) + 1);
    }

    /// Whether the kernel, dilated, fits into a padded input at least once.
    public boolean fits(Size input) {
        return extent().height() <= input.height() + 2 * padding.height()
                && extent().width() <= input.width() + 2 * padding.width();
    }

    /// Whether the last step ends exactly at the padded input's edge; if not, rows or columns there are never seen.
    public boolean fitsEvenly(Size input) {
        return (input.height() + 2 * padding.height() - extent().height()) % stride.height() == 0
                && (input.width() + 2 * padding.width() - extent().width()) % stride.width() == 0;
    }

    /// Output size `floor((n + 2p − d(f−1) − 1)/s) + 1` per side.
    public Size output(Size input) {
        return new Size(
                steps(input.height(), padding.height(), extent().height(), stride.height()),
                steps(input.width(), padding.width(), extent().width(), stride.width()));
    }

    /// Output size with the division rounded up, less a last window that would start in the padding behind the input.
    public Size outputCeil(Size input) {
        return new Size(
                stepsCeil(input.height(), padding.height(), extent().height(), stride.height()),
                stepsCeil(input.width(), padding.width(), extent().width(), stride.width()));
    }

    private static int steps(int n, int padding, int extent, int stride) {
        return Math.floorDiv(n + 2 * padding - extent, stride) + 1;
    }

    private static int stepsCeil(int n, int padding, int extent, int stride) {
        var steps = Math.ceilDiv(n + 2 * padding - extent, stride) + 1;
        return (steps - 1) * stride >= n + padding ? steps - 1 : steps;
    }
}
