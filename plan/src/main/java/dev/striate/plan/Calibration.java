package dev.striate.plan;

import dev.striate.StriateException;
import dev.striate.graph.Network;
import dev.striate.weights.TensorData;
import java.lang.foreign.MemorySegment;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/// Finds out on some pictures how a network is best quantised after training: weights symmetrically for each filter, each
/// convolution's input by a range. The first convolution and what is fully connected stay in float32, and so does every
/// layer that alone loses more than `most`.
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
        var main = network.mainOnly();
        var ranges = ranges(main, tensors, pixels, n);
        var exact = run(main, tensors, pixels, n, Quantisation.NONE);
        var losses = new TreeMap<String, Double>();
        var kept = new TreeMap<String, Quantisation.Range>();
        ranges.forEach((layer, range) -> {
            var alone = new Quantisation(Map.of(layer, range), Map.of(), 0);
            var loss = loss(exact, run(main, tensors, pixels, n, alone));
            losses.put(layer, loss);
            if (loss <= most) kept.put(layer, range);
        });
        var together = new Quantisation(kept, losses, 0);
        return new Quantisation(kept, losses, loss(exact, run(main, tensors, pixels, n, together)));
    }

    /// The ranges of all convolutions' inputs but the first's.
    private Map<String, Quantisation.Range> ranges(Network network, Map<String, TensorData> tensors,
            MemorySegment pixels, int n) {
        var byValue = new HashMap<Integer, Quantisation.Range>();
        var ranges = new LinkedHashMap<String, Quantisation.Range>();
        for (var step : Lowering.of(network, tensors).steps()) {
            if (!(step.stage() instanceof Stage.Convolution) || step.input() == 0) continue;
            ranges.put(step.name(), byValue.computeIfAbsent(step.input(), value -> {
                var part = network.upTo(network.nodes().get(value).name());
                return Histogram.of(run(part, tensors, pixels, n, Quantisation.NONE)).range(method);
            }));
        }
        return ranges;
    }

    private static float[] run(Network network, Map<String, TensorData> tensors, MemorySegment pixels, int n,
            Quantisation quantisation) {
        try (var plan = Plan.compile(network, tensors, n, Settings.DEFAULT.withQuantisation(quantisation))) {
            return plan.run(pixels, n);
        }
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
