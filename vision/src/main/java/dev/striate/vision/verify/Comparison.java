package dev.striate.vision.verify;

import dev.striate.embedding.Towers;
import dev.striate.vision.Inference;
import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;

/// How far embeddings are apart: the smaller, the more alike.
sealed interface Comparison {
    /// From one embedding to each of others.
    double[] distances(float[] one, float[][] others);

    /// As a network compares: by the logit of its join, or by the Euclidean distance.
    static Comparison of(Towers towers, Inference whole) {
        return towers.join().<Comparison>map(join -> new Joined(whole.part(join, Joined.BATCH)))
                .orElseGet(Euclidean::new);
    }

    record Euclidean() implements Comparison {
        @Override
        public double[] distances(float[] one, float[][] others) {
            var distances = new double[others.length];
            for (var i = 0; i < others.length; i++) distances[i] = distance(one, others[i]);
            return distances;
        }

        private static double distance(float[] a, float[] b) {
            var sum = 0.0;
            for (var k = 0; k < a.length; k++) {
                var difference = (double) a[k] - b[k];
                sum += difference * difference;
            }
            return Math.sqrt(sum);
        }
    }

    /// By what a network makes of the difference: its logit of "the same", negated (Koch et al. 2015, §3.1).
    record Joined(Inference join) implements Comparison {
        private static final int BATCH = 256;

        @Override
        public double[] distances(float[] one, float[][] others) {
            var distances = new double[others.length];
            try (var arena = Arena.ofConfined()) {
                var differences = arena.allocate((long) BATCH * one.length * Float.BYTES, 64);
                for (var from = 0; from < others.length; from += BATCH) {
                    var count = Math.min(BATCH, others.length - from);
                    for (var i = 0; i < count * one.length; i++) {
                        var k = i % one.length;
                        differences.setAtIndex(ValueLayout.JAVA_FLOAT, i,
                                Math.abs(one[k] - others[from + i / one.length][k]));
                    }
                    var logits = join.run(differences, count).main();
                    for (var i = 0; i < count; i++) distances[from + i] = -logits[i];
                }
            }
            return distances;
        }
    }
}
