package dev.striate.region;

import dev.striate.StriateException;

/// How a box leads to another: the way of its centre in its own widths and heights, and the logarithms of how much
/// wider and higher the other is.
public record BoxOffsets(double x, double y, double width, double height) {
    /// How many numbers they are.
    public static final int COUNT = 4;

    /// From four values, `step` apart.
    static BoxOffsets of(Values values, int start, int step) {
        return new BoxOffsets(values.get(start), values.get(start + step), values.get(start + 2 * step),
                values.get(start + 3 * step));
    }

    /// One of the four, in their order.
    double at(int index) {
        return switch (index) {
            case 0 -> x;
            case 1 -> y;
            case 2 -> width;
            case 3 -> height;
            default -> throw new StriateException("Offsets are four; received the index " + index + ".");
        };
    }

    BoxOffsets minus(BoxOffsets other) {
        return new BoxOffsets(x - other.x, y - other.y, width - other.width, height - other.height);
    }

    BoxOffsets plus(BoxOffsets other) {
        return new BoxOffsets(x + other.x, y + other.y, width + other.width, height + other.height);
    }

    /// Each times that of another.
    BoxOffsets times(BoxOffsets other) {
        return new BoxOffsets(x * other.x, y * other.y, width * other.width, height * other.height);
    }

    /// Each divided by that of another.
    BoxOffsets by(BoxOffsets other) {
        return new BoxOffsets(x / other.x, y / other.y, width / other.width, height / other.height);
    }
}
