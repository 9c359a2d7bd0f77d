package dev.striate.graph;

import java.util.function.UnaryOperator;

/// What a convolution or a pooling can be told, to be imported statically: `conv(64, 7, stride(2), pad(3))`.
public final class Options {
    private Options() {}

    /// Something that a convolution takes.
    public sealed interface ConvOption {}

    /// Something that a pooling takes.
    public sealed interface PoolOption {}

    /// A change of the window: convolutions and poolings take it.
    public record WindowOption(UnaryOperator<Window> change) implements ConvOption, PoolOption {}

    record Groups(int groups) implements ConvOption {}

    record NoBias() implements ConvOption {}

    record Ceil() implements PoolOption {}

    record ExcludePadding() implements PoolOption {}

    public static Size size(int height, int width) {
        return new Size(height, width);
    }

    public static WindowOption stride(int stride) {
        return stride(stride, stride);
    }

    public static WindowOption stride(int vertical, int horizontal) {
        return new WindowOption(window -> window.withStride(new Size(vertical, horizontal)));
    }

    public static WindowOption pad(int padding) {
        return pad(padding, padding);
    }

    public static WindowOption pad(int vertical, int horizontal) {
        return new WindowOption(window -> window.withPadding(new Size(vertical, horizontal)));
    }

    /// Padding that keeps the size at stride 1: half the kernel's reach; give it after [#dilation].
    public static WindowOption same() {
        return new WindowOption(window -> window.withPadding(new Size(
                (window.extent().height() - 1) / 2, (window.extent().width() - 1) / 2)));
    }

    public static WindowOption dilation(int dilation) {
        return new WindowOption(window -> window.withDilation(Size.square(dilation)));
    }

    /// Splits channels and filters into groups that do not see each other.
    public static ConvOption groups(int groups) {
        return new Groups(groups);
    }

    public static ConvOption noBias() {
        return new NoBias();
    }

    /// Rounds the output size up instead of down.
    public static PoolOption ceil() {
        return new Ceil();
    }

    /// Leaves padding out of an average's divisor.
    public static PoolOption excludePadding() {
        return new ExcludePadding();
    }
}
