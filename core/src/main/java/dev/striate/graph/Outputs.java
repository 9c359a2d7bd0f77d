package dev.striate.graph;

import dev.striate.StriateException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/// What a network gives for some pictures: each output by name, the main one first, N × channels · height · width in
/// row-major order. The arrays belong to the caller.
public record Outputs(int pictures, SequencedMap<String, float[]> values) {
    public Outputs {
        values = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(values));
        if (values.isEmpty()) throw new StriateException("The values of at least one output are expected.");
    }

    /// The values of the main output.
    public float[] main() {
        return values.firstEntry().getValue();
    }

    /// The values of an output by its name; refuses an unknown name.
    public float[] get(String output) {
        var found = values.get(output);
        if (found == null) {
            throw new StriateException("An output is expected among " + values.keySet() + "; received '" + output
                    + "'.");
        }
        return found;
    }
}
