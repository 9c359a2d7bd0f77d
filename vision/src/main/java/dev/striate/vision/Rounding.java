package dev.striate.vision;

import dev.striate.json.Json;
import dev.striate.plan.Quantisation;
import dev.striate.weights.ModelFile;

/// How a model's file says that it runs in int8.
public final class Rounding {
    private Rounding() {}

    /// The layers and ranges of a model's file; none where it says nothing.
    public static Quantisation of(ModelFile file) {
        return file.quantisation().map(text -> Json.read(text, Quantisation.class, "the model's quantisation"))
                .orElse(Quantisation.NONE);
    }
}
