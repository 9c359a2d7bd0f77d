package dev.striate.detect;

import dev.striate.StriateException;

/// The width and height of a box, wherever it lies, in pixels: an object's, or an anchor's.
public record BoxSize(double width, double height) {
    public BoxSize {
        if (!(width > 0 && height > 0 && Double.isFinite(width * height))) {
            throw new StriateException("A box's width and height above 0 were expected; received " + width + " and "
                    + height + ".");
        }
    }

    public double area() {
        return width * height;
    }

    /// Intersection over union of two boxes about one centre.
    public double iou(BoxSize other) {
        return iou(width, height, other.width, other.height);
    }

    static double iou(double width, double height, double otherWidth, double otherHeight) {
        var shared = Math.min(width, otherWidth) * Math.min(height, otherHeight);
        return shared / (width * height + otherWidth * otherHeight - shared);
    }
}
