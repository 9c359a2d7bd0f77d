package dev.striate.vision.classify;

import dev.striate.graph.Network;
import dev.striate.graph.Outputs;
import dev.striate.vision.Inference;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/// An inference that remembers a classifier's answer to each picture.
public final class Remembering implements Inference {
    private final Inference inference;
    private final Reading reading;
    private final List<Integer> answers = new ArrayList<>();

    /// Closes what it remembers of when it is closed.
    public Remembering(Inference inference, Network network) {
        this.inference = inference;
        reading = Reading.of(network);
    }

    @Override
    public Outputs run(MemorySegment pixels, int n) {
        var outputs = inference.run(pixels, n);
        var values = outputs.main();
        var each = values.length / n;
        for (var i = 0; i < n; i++) answers.add(reading.answer(Arrays.copyOfRange(values, i * each, (i + 1) * each)));
        return outputs;
    }

    @Override
    public Inference part(Network part, int batch) {
        return inference.part(part, batch);
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
