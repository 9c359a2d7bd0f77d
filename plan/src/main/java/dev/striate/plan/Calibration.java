package dev.striate.plan;

import dev.striate.StriateException;
import dev.striate.graph.Network;
import dev.striate.graph.Outputs;
import dev.striate.weights.TensorData;
import java.lang.foreign.MemorySegment;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/// Finds out on some pictures how a network is best quantised after training: weights symmetrically for each filter, each
/// layer's input by a range; the pictures' is that of all their values. Every layer that alone loses more than `most` stays in
/// float32.
public record Calibration(Method method, double most) {
    /// Entropy, and at most one per cent of error from a single layer.
    public static final Calibration DEFAULT = new Calibration(Method.ENTROPY, 0.01);

    public Calibration {
        if (!(most > 0)) {
            throw new StriateException("A calibration expects a loss above 0 that a layer may cause; received " + most
                    + ".");
        }
    }

    /// How an input's range is chosen.
    public enum Method {
        /// All values, the largest included.
        EXTREMES,
        /// All but the largest of 10,000.
        PERCENTILE,
        /// The range whose 8 bits tell most about the values: least Kullback-Leibler divergence (Migacz 2017).
        ENTROPY
    }

    /// Quantises a network on `n` pictures, N×H×W×C float32 in native memory, as it will be fed them.
    public Quantisation quantise(Network network, Map<String, TensorData> tensors, MemorySegment pixels, int n) {
        var lowered = Lowering.of(network.atInference(), tensors);
        var all = Observed.of(lowered, pixels, n).quantisation(method);
        try (var weights = new Constants()) {
            return chosen(all, quantisation -> run(lowered, weights, pixels, n, quantisation));
        }
    }

    private Quantisation chosen(Quantisation all, Function<Quantisation, Outputs> run) {
        var exact = run.apply(Quantisation.NONE);
        var losses = new TreeMap<String, Double>();
        var kept = new TreeMap<String, Quantisation.Range>();
        all.layers().forEach((layer, range) -> {
            var loss = loss(exact, run.apply(new Quantisation(Map.of(layer, range), Map.of(), 0)));
            losses.put(layer, loss);
            if (loss <= most) kept.put(layer, range);
        });
        var together = new Quantisation(kept, all.residuals(), losses, 0);
        return new Quantisation(kept, all.residuals(), losses, loss(exact, run.apply(together)));
    }

    private static Outputs run(LoweredNetwork lowered, Constants weights, MemorySegment pixels, int n,
            Quantisation quantisation) {
        var settings = PlanOptions.DEFAULT.with(quantisation);
        try (var plan = Plan.compile(lowered, Math.min(n, Observed.BATCH), settings, weights)) {
            return plan.run(pixels, n);
        }
    }

    /// That of the output which loses most.
    private static double loss(Outputs exact, Outputs values) {
        return exact.values().keySet().stream().mapToDouble(output -> loss(exact.get(output), values.get(output))).max()
                .orElseThrow();
    }

    private static double loss(float[] exact, float[] values) {
        var error = 0.0;
        var norm = 0.0;
        for (var i = 0; i < exact.length; i++) {
            var difference = (double) exact[i] - values[i];
            error += difference * difference;
            norm += (double) exact[i] * exact[i];
        }
        return norm == 0 ? 0 : Math.sqrt(error / norm);
    }
}
