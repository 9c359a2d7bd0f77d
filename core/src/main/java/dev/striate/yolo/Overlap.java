package dev.striate.yolo;

/// Overlap of boxes by centre, width and height, in plain numbers for loops over every cell.
final class Overlap {
    private Overlap() {}

    /// Intersection over union; 0 where nothing is shared.
    static double iou(double x1, double y1, double w1, double h1, double x2, double y2, double w2, double h2) {
        var width = shared(x1, w1, x2, w2);
        var height = shared(y1, h1, y2, h2);
        if (!(width > 0 && height > 0)) return 0;
        var both = width * height;
        return both / (w1 * h1 + w2 * h2 - both);
    }

    static double iou(Located a, Located b) {
        return iou(a.x(), a.y(), a.width(), a.height(), b.x(), b.y(), b.width(), b.height());
    }

    /// The share of a box that lies in another.
    static double within(Located box, Located other) {
        var width = shared(box.x(), box.width(), other.x(), other.width());
        var height = shared(box.y(), box.height(), other.y(), other.height());
        return width > 0 && height > 0 ? width * height / (box.width() * box.height()) : 0;
    }

    private static double shared(double center1, double side1, double center2, double side2) {
        return Math.min(center1 + side1 / 2, center2 + side2 / 2) - Math.max(center1 - side1 / 2, center2 - side2 / 2);
    }
}
