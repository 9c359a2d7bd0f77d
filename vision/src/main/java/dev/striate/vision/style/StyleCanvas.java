package dev.striate.vision.style;

import dev.striate.data.picture.Picture;
import dev.striate.graph.Shape;
import dev.striate.recipe.Preprocessing;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// A picture that is being painted, in the values that the network reads, height × width × channels.
record StyleCanvas(Preprocessing preprocessing, Shape shape, double[] values) {
    /// A picture's values.
    static double[] values(Picture picture, Preprocessing preprocessing) {
        var values = new double[picture.pixels().length];
        for (var i = 0; i < values.length; i++) {
            values[i] = ((picture.pixels()[i] & 0xff) / 255.0 - preprocessing.mean().get(i % 3))
                    / preprocessing.deviation().get(i % 3);
        }
        return values;
    }

    /// Copies the values to where a network reads them, and keeps them within what a picture can have.
    void show(MemorySegment pixels) {
        for (var i = 0; i < values.length; i++) {
            var mean = preprocessing.mean().get(i % 3);
            var deviation = preprocessing.deviation().get(i % 3);
            values[i] = Math.clamp(values[i], -mean / deviation, (1 - mean) / deviation);
            pixels.setAtIndex(ValueLayout.JAVA_FLOAT, i, (float) values[i]);
        }
    }

    Picture picture() {
        var bytes = new byte[values.length];
        for (var i = 0; i < bytes.length; i++) {
            var value = values[i] * preprocessing.deviation().get(i % 3) + preprocessing.mean().get(i % 3);
            bytes[i] = (byte) Math.clamp(Math.round(value * 255), 0, 255);
        }
        return new Picture(shape.width(), shape.height(), 3, bytes);
    }
}
