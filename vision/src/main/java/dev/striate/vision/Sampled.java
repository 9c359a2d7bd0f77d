package dev.striate.vision;

import dev.striate.StriateException;
import dev.striate.data.batch.Preparation;
import dev.striate.data.set.DataSet;
import dev.striate.recipe.Preprocessing;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// Some pictures of a set, evenly spread over it, as a model is fed them: N×H×W×C float32.
public record Sampled(MemorySegment pixels, int count) {
    /// At most `n` pictures, in memory of the arena.
    public static Sampled of(DataSet pictures, int n, Preprocessing preprocessing, Arena arena) {
        var count = Math.min(n, pictures.size());
        if (count < 1) {
            throw new StriateException("A calibration expects at least one picture; received " + count + ".");
        }
        var preparation = new Preparation(preprocessing);
        var pixels = arena.allocate(count * preparation.bytes(), 64);
        for (var i = 0; i < count; i++) {
            var picture = pictures.picture((int) ((long) i * pictures.size() / count));
            preparation.prepare(picture, pixels.asSlice(i * preparation.bytes(), preparation.bytes()));
        }
        return new Sampled(pixels, count);
    }
}
