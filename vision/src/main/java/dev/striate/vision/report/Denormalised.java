package dev.striate.vision.report;

import dev.striate.data.picture.Picture;
import dev.striate.recipe.Preprocessing;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// What a network sees, made visible again.
public final class Denormalised {
    private Denormalised() {}

    /// The picture at a place of a prepared batch, its normalisation undone.
    ///
    /// @param pixels N×H×W×C float32
    public static Picture of(MemorySegment pixels, int index, Preprocessing preprocessing) {
        var input = preprocessing.input();
        var bytes = new byte[Math.toIntExact(input.elements())];
        for (var i = 0; i < bytes.length; i++) {
            var channel = i % input.channels();
            var value = pixels.getAtIndex(ValueLayout.JAVA_FLOAT, (long) index * bytes.length + i)
                    * preprocessing.deviation().get(channel) + preprocessing.mean().get(channel);
            bytes[i] = (byte) Math.clamp(Math.round(value * 255), 0, 255);
        }
        return new Picture(input.width(), input.height(), input.channels(), bytes);
    }
}
