package dev.striate.vision.explain;

import dev.striate.StriateException;
import dev.striate.graph.ReceptiveField;
import dev.striate.graph.Shape;
import dev.striate.graph.Size;
import dev.striate.vision.Inference;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.OptionalDouble;

/// What a class's logit is once a square hides part of the picture (Zeiler and Fergus 2014, §4.2).
///
/// @param square its side, in pixels of the network's input
/// @param stride from one place to the next, the first in the top left corner
/// @param value of its pixels as the network sees them: 0 is the mean of a normalised picture; empty for each picture's own mean
///        colour, on which the square's edges show least
public record Occlusion(int square, int stride, OptionalDouble value) {
    private static final int BATCH = 16;

    public Occlusion {
        if (square < 1 || stride < 1) {
            throw new StriateException("A square and a stride of at least one pixel were expected; received " + square
                    + " and " + stride + ".");
        }
    }

    /// The logit at each place.
    ///
    /// @param places of the square, from top to bottom and from left to right
    /// @param whole the logit of the picture without a square
    public record Logits(Size places, float[] values, float whole) {
        /// By how much the square lowers the logit at each place; below 0 where it raises it.
        public float[] losses() {
            var losses = new float[values.length];
            for (var i = 0; i < losses.length; i++) losses[i] = whole - values[i];
            return losses;
        }
    }

    /// What the square hides at each place.
    ReceptiveField field() {
        var axis = new ReceptiveField.Axis(square, stride, 0);
        return new ReceptiveField(axis, axis);
    }

    /// How many places a square has on a picture.
    Size places(Size picture) {
        return new Size(places(picture.height()), places(picture.width()));
    }

    private int places(int side) {
        return Math.ceilDiv(Math.max(0, side - square), stride) + 1;
    }

    /// @param pixels one picture, height × width × channels, prepared
    Logits of(Inference inference, Shape shape, MemorySegment pixels, int label) {
        var places = places(shape.size());
        var logits = new float[places.area()];
        var bytes = shape.elements() * Float.BYTES;
        try (var arena = Arena.ofConfined()) {
            var batch = arena.allocate(BATCH * bytes, 64);
            var colour = colour(pixels, shape);
            for (var first = 0; first < logits.length; first += BATCH) {
                var count = Math.min(BATCH, logits.length - first);
                for (var i = 0; i < count; i++) {
                    var picture = batch.asSlice(i * bytes, bytes);
                    picture.copyFrom(pixels.asSlice(0, bytes));
                    hide(picture, shape, colour, (first + i) / places.width(), (first + i) % places.width());
                }
                copy(inference.run(batch, count).main(), count, label, logits, first);
            }
            return new Logits(places, logits, inference.run(pixels, 1).main()[label]);
        }
    }

    private static void copy(float[] outputs, int count, int label, float[] logits, int first) {
        for (var i = 0; i < count; i++) logits[first + i] = outputs[i * (outputs.length / count) + label];
    }

    /// What the square's pixels have, channel by channel.
    private float[] colour(MemorySegment pixels, Shape shape) {
        var colour = new float[shape.channels()];
        if (value.isPresent()) {
            Arrays.fill(colour, (float) value.getAsDouble());
            return colour;
        }
        for (var i = 0; i < shape.elements(); i++) {
            colour[i % colour.length] += pixels.getAtIndex(ValueLayout.JAVA_FLOAT, i) / shape.size().area();
        }
        return colour;
    }

    private void hide(MemorySegment picture, Shape shape, float[] colour, int row, int column) {
        var left = column * stride;
        var hidden = new float[Math.min(square, shape.width() - left) * colour.length];
        for (var i = 0; i < hidden.length; i++) hidden[i] = colour[i % colour.length];
        for (var y = row * stride; y < Math.min(row * stride + square, shape.height()); y++) {
            MemorySegment.copy(hidden, 0, picture, ValueLayout.JAVA_FLOAT,
                    ((long) y * shape.width() + left) * colour.length * Float.BYTES, hidden.length);
        }
    }
}
