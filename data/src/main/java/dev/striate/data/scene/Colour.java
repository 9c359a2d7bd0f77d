package dev.striate.data.scene;

import dev.striate.random.Draws;

/// A colour, each part from 0 to 1.
record Colour(float red, float green, float blue) {
    /// Any hue, with a saturation and a value within these ranges.
    static Colour any(double minSaturation, double maxSaturation, double minValue, double maxValue, Draws draws) {
        return hsv(draws.nextDouble(), draws.between(minSaturation, maxSaturation), draws.between(minValue, maxValue));
    }

    /// Of a hue that goes round once from 0 to 1.
    private static Colour hsv(double hue, double saturation, double value) {
        return new Colour(part(hue + 1 / 3.0, saturation, value), part(hue, saturation, value),
                part(hue - 1 / 3.0, saturation, value));
    }

    /// Green is full in the second and third sixth of the circle, and rises and falls in those beside them.
    private static float part(double hue, double saturation, double value) {
        var turn = hue - Math.floor(hue);
        var strength = Math.clamp(2 - Math.abs(6 * turn - 2), 0.0, 1.0);
        return (float) (value * (1 - saturation * (1 - strength)));
    }

    Colour mixed(Colour other, float share) {
        return new Colour(red + share * (other.red - red), green + share * (other.green - green),
                blue + share * (other.blue - blue));
    }

    float distance(Colour other) {
        return Math.abs(red - other.red) + Math.abs(green - other.green) + Math.abs(blue - other.blue);
    }
}
