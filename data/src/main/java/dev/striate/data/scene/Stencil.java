package dev.striate.data.scene;

import dev.striate.box.Box;
import dev.striate.graph.Size;

/// A placed figure on the pixels of its picture: for each pixel of a rectangle that holds it, with a margin for soft
/// edges, the distance of the pixel's centre from the outline. A pixel is the figure's where that is not above 0.
record Stencil(Placed placed, int left, int top, int width, int height, float[] distances) {
    private static final int MARGIN = 2;

    static Stencil of(Placed placed, Size size) {
        var left = Math.max(0, (int) (placed.x() - placed.radius()) - MARGIN);
        var top = Math.max(0, (int) (placed.y() - placed.radius()) - MARGIN);
        var right = Math.min(size.width(), (int) Math.ceil(placed.x() + placed.radius()) + MARGIN);
        var bottom = Math.min(size.height(), (int) Math.ceil(placed.y() + placed.radius()) + MARGIN);
        var distances = new float[(right - left) * (bottom - top)];
        var cos = Math.cos(placed.angle()) / placed.radius();
        var sin = Math.sin(placed.angle()) / placed.radius();
        for (int y = top, i = 0; y < bottom; y++) {
            for (var x = left; x < right; x++, i++) {
                var across = x + 0.5 - placed.x();
                var down = y + 0.5 - placed.y();
                distances[i] = (float) (placed.radius()
                        * placed.figure().distance(cos * across + sin * down, cos * down - sin * across));
            }
        }
        return new Stencil(placed, left, top, right - left, bottom - top, distances);
    }

    /// The smallest box that holds all of the figure's pixels, those under others too.
    Box box() {
        int minX = width;
        int maxX = -1;
        int minY = height;
        int maxY = -1;
        for (int y = 0, i = 0; y < height; y++) {
            for (var x = 0; x < width; x++, i++) {
                if (distances[i] > 0) continue;
                minX = Math.min(minX, x);
                maxX = Math.max(maxX, x);
                minY = Math.min(minY, y);
                maxY = Math.max(maxY, y);
            }
        }
        return new Box(left + minX, top + minY, left + maxX + 1.0, top + maxY + 1.0);
    }

    /// Writes `value` where the figure is, and nothing elsewhere.
    void fill(byte[] pixels, int columns, byte value) {
        for (int y = 0, i = 0; y < height; y++) {
            for (var x = 0; x < width; x++, i++) {
                if (distances[i] <= 0) pixels[(top + y) * columns + left + x] = value;
            }
        }
    }

    /// The share of the figure's pixels where `pixels` is not 0.
    double covered(byte[] pixels, int columns) {
        var all = 0;
        var covered = 0;
        for (int y = 0, i = 0; y < height; y++) {
            for (var x = 0; x < width; x++, i++) {
                if (distances[i] > 0) continue;
                all++;
                if (pixels[(top + y) * columns + left + x] != 0) covered++;
            }
        }
        return all == 0 ? 1 : (double) covered / all;
    }
}
