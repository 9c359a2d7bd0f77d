package dev.striate.graph;

/// A height and a width, in pixels or in cells: of a kernel, a stride, a padding.
public record Size(int height, int width) {
    public static final Size ZERO = new Size(0, 0);
    public static final Size ONE = new Size(1, 1);

    public static Size square(int side) {
        return new Size(side, side);
    }

    public int area() {
        return height * width;
    }

    @Override
    public String toString() {
        return height + "×" + width;
    }
}
