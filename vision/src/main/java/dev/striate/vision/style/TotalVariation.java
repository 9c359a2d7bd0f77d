package dev.striate.vision.style;

import dev.striate.graph.Shape;

/// The squared differences of neighbouring pixels, summed over height, width and channels.
record TotalVariation(Shape shape) {
    /// Adds `weight` times the gradient, and gives `weight` times the sum.
    double add(double[] picture, double weight, double[] gradient) {
        if (weight == 0) return 0;
        var sum = along(picture, shape.channels(), shape.width(), weight, gradient)
                + along(picture, shape.channels() * shape.width(), shape.height(), weight, gradient);
        return weight * sum;
    }

    private static double along(double[] picture, int stride, int length, double weight, double[] gradient) {
        var sum = 0.0;
        for (var i = 0; i < picture.length; i++) {
            if (i / stride % length == length - 1) continue;
            var difference = picture[i + stride] - picture[i];
            sum += difference * difference;
            gradient[i + stride] += 2 * weight * difference;
            gradient[i] -= 2 * weight * difference;
        }
        return sum;
    }
}
