package dev.striate.box;

import dev.striate.StriateException;

/// A rectangle with sides along the axes, in pixels: x to the right, y down, edges between pixels, so that the whole of a
/// picture of w × h is the box from (0, 0) to (w, h). It may be empty, and may reach beyond its picture.
public record Box(double left, double top, double right, double bottom) {
    public Box {
        if (!(Double.isFinite(left) && Double.isFinite(top) && Double.isFinite(right) && Double.isFinite(bottom)
                && left <= right && top <= bottom)) {
            throw new StriateException("A box expects finite corners, the left and upper one first; received ("
                    + left + ", " + top + ") to (" + right + ", " + bottom + ").");
        }
    }

    /// The box about a centre.
    public static Box around(double x, double y, double width, double height) {
        return new Box(x - width / 2, y - height / 2, x + width / 2, y + height / 2);
    }

    public double width() {
        return right - left;
    }

    public double height() {
        return bottom - top;
    }

    public double area() {
        return width() * height();
    }

    public double centerX() {
        return (left + right) / 2;
    }

    public double centerY() {
        return (top + bottom) / 2;
    }

    /// The area that two boxes share; 0 where they only touch.
    public double intersection(Box other) {
        var width = Math.min(right, other.right) - Math.max(left, other.left);
        var height = Math.min(bottom, other.bottom) - Math.max(top, other.top);
        return width > 0 && height > 0 ? width * height : 0;
    }

    /// Intersection over union, from 0 to 1; 0 for two boxes without area.
    public double iou(Box other) {
        var shared = intersection(other);
        return shared == 0 ? 0 : shared / (area() + other.area() - shared);
    }

    /// What of the box lies inside a picture of this size: empty, at the picture's edge, where nothing does.
    public Box clipped(double width, double height) {
        return new Box(Math.clamp(left, 0, width), Math.clamp(top, 0, height), Math.clamp(right, 0, width),
                Math.clamp(bottom, 0, height));
    }
}
