package dev.striate.vision.classify;

import dev.striate.graph.Outputs;
import dev.striate.vision.Inference;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// An inference that remembers where the largest value of each picture's main output was: a classifier's answers.
public final class Remembering implements Inference {
    private final Inference inference;
    private final List<Integer> answers = new ArrayList<>();

    /// Closes what it remembers of when it is closed.
    public Remembering(Inference inference) {
        this.inference = inference;
    }

    @Override
    public Outputs run(MemorySegment pixels, int n) {
        var outputs = inference.run(pixels, n);
        for (var i = 0; i < n; i++) answers.add(largest(outputs.main(), i, n));
        return outputs;
    }

    private static int largest(float[] values, int picture, int pictures) {
        var each = values.length / pictures;
        var best = 0;
        for (var k = 1; k < each; k++) if (values[picture * each + k] > values[picture * each + best]) best = k;
        return best;
    }

    /// The share of pictures to which another has given the same answer.
    public double agreement(Remembering other) {
        return IntStream.range(0, answers.size()).filter(i -> answers.get(i).equals(other.answers.get(i))).count()
                / (double) answers.size();
    }

    @Override
    public void close() {
        inference.close();
    }
}
