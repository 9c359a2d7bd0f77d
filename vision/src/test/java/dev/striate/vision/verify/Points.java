package dev.striate.vision.verify;

import dev.striate.random.Draws;
import dev.striate.random.RandomStream;

/// Points about a centre, whose every coordinate is the same number.
final class Points {
    private final int dimensions;
    private final float spread;
    private final float centre;
    private final Draws draws;

    Points(int dimensions, float spread, float centre) {
        this.dimensions = dimensions;
        this.spread = spread;
        this.centre = centre;
        draws = RandomStream.of(7).draws();
    }

    float[] next() {
        var point = new float[dimensions];
        for (var i = 0; i < dimensions; i++) point[i] = centre + spread * (float) draws.nextGaussian();
        return point;
    }
}
