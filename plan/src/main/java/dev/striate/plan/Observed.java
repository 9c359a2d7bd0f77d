package dev.striate.plan;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The values of a network on some pictures, of those that could be stored as 8 bits.
///
/// @param histograms by value; what gives its input on unchanged has its input's, and the parts of a concatenation have
///        the whole's, so that 8 bits mean the same before and after
record Observed(LoweredNetwork lowered, Map<Integer, Histogram> histograms) {
    static final int BATCH = 8;

    /// Looks at all values in one run.
    static Observed of(LoweredNetwork lowered, MemorySegment pixels, int n) {
        var observed = new Observed(lowered, new HashMap<>());
        for (var step : lowered.steps()) {
            if (quantisable(step)) observed.want(step.input());
            for (var value : step.reads()) if (!step.inputs().contains(value)) observed.want(value);
        }
        var settings = new PlanOptions(PlanOptions.Layout.CHANNELS_LAST);
        try (var weights = new Constants();
                var plan = Plan.compile(observed.looking(), Math.min(n, BATCH), settings, weights)) {
            plan.run(pixels, n);
        }
        return observed;
    }

    private static boolean quantisable(PlanStep step) {
        return step.computation() instanceof Computation.Convolution
                || step.computation() instanceof Computation.Product;
    }

    private void want(int value) {
        histograms.put(source(value), new Histogram());
    }

    /// The value whose range another one shares.
    private int source(int value) {
        for (var step : lowered.steps()) {
            var joins = step.computation() instanceof Computation.Concatenation && step.inputs().contains(value);
            if (joins) return source(step.output());
        }
        for (var step : lowered.steps()) {
            var pools = step.output() == value && !(step.computation() instanceof Computation.Concatenation)
                    && Int8Values.passes(step);
            if (pools) return source(step.input());
        }
        return value;
    }

    private boolean onlyAdded(int value) {
        var readers = lowered.steps().stream().filter(step -> step.reads().contains(value)).toList();
        return histograms.containsKey(value) && value != 0
                && readers.stream().noneMatch(step -> step.inputs().contains(value));
    }

    /// The lowered network with a look at each wanted value once it is there.
    private LoweredNetwork looking() {
        var steps = new ArrayList<PlanStep>();
        if (histograms.containsKey(0)) steps.add(look(0));
        for (var step : lowered.steps()) {
            steps.add(step);
            if (histograms.containsKey(step.output())) steps.add(look(step.output()));
        }
        return new LoweredNetwork(lowered.network(), lowered.shapes(), steps, lowered.outputs());
    }

    private PlanStep look(int value) {
        var histogram = histograms.get(value);
        var count = lowered.shape(value).elements();
        var computation = new Computation.Probe((memory, from, _) -> histogram.add(memory, from, count));
        return new PlanStep("look at " + value, computation, List.of(value), List.of(), value);
    }

    /// All layers in int8 that can be, with the ranges that a method finds; nothing is known of losses.
    Quantisation quantisation(Calibration.Method method) {
        var ranges = new HashMap<Integer, Quantisation.Range>();
        // Pictures are bounded, and what is rare in them, such as ink, is what they show: nothing is cut off.
        histograms.forEach((value, histogram) -> ranges.put(value,
                histogram.range(value == 0 ? Calibration.Method.EXTREMES : method)));
        var layers = new HashMap<String, Quantisation.Range>();
        var residuals = new HashMap<String, Quantisation.Range>();
        for (var step : lowered.steps()) {
            if (quantisable(step)) layers.put(step.name(), ranges.get(source(step.input())));
            if (onlyAdded(step.output())) residuals.put(step.name(), ranges.get(step.output()));
        }
        return new Quantisation(layers, residuals, Map.of(), 0);
    }
}
