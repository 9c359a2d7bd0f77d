package dev.striate.vision.style;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.stream.IntStream;

/// L-BFGS (Nocedal 1980): the direction that the last few steps' changes of the gradient say leads to the least value.
final class LimitedMemory {
    private static final int HISTORY = 10;
    /// Of a change of the gradient along its step, below which it tells nothing.
    private static final double LEAST_CURVATURE = 1e-10;

    private final ArrayDeque<Change> changes = new ArrayDeque<>();
    private double[] lastValues = new double[0];
    private double[] lastGradient = new double[0];

    /// How far values moved, how the gradient changed with it, and one over their product.
    private record Change(double[] step, double[] gradient, double inverse) {}

    /// The step to take from these values.
    double[] step(double[] values, double[] gradient) {
        if (lastValues.length > 0) remember(values, gradient);
        lastValues = values.clone();
        lastGradient = gradient.clone();
        var direction = gradient.clone();
        var shares = new ArrayList<Double>();
        for (var change : changes.reversed()) {
            var share = change.inverse * product(change.step, direction);
            shares.add(share);
            add(direction, change.gradient, -share);
        }
        scale(direction, changes.isEmpty() ? first(gradient)
                : 1 / (changes.getLast().inverse * product(changes.getLast().gradient, changes.getLast().gradient)));
        var shareOf = shares.size();
        for (var change : changes) {
            var share = shares.get(--shareOf);
            add(direction, change.step, share - change.inverse * product(change.gradient, direction));
        }
        scale(direction, -1);
        return direction;
    }

    /// Forgets all steps: they told of another place.
    void forget() {
        changes.clear();
        lastValues = new double[0];
        lastGradient = new double[0];
    }

    private void remember(double[] values, double[] gradient) {
        var step = minus(values, lastValues);
        var change = minus(gradient, lastGradient);
        var product = product(step, change);
        if (!(product > LEAST_CURVATURE * product(change, change))) return;
        changes.add(new Change(step, change, 1 / product));
        if (changes.size() > HISTORY) changes.removeFirst();
    }

    /// Before anything is known: a twentieth of a deviation on average.
    private static double first(double[] gradient) {
        var mean = IntStream.range(0, gradient.length).mapToDouble(i -> Math.abs(gradient[i])).sum() / gradient.length;
        return 0.05 / Math.max(mean, Double.MIN_NORMAL);
    }

    private static double[] minus(double[] a, double[] b) {
        var difference = new double[a.length];
        for (var i = 0; i < a.length; i++) difference[i] = a[i] - b[i];
        return difference;
    }

    private static double product(double[] a, double[] b) {
        var sum = 0.0;
        for (var i = 0; i < a.length; i++) sum += a[i] * b[i];
        return sum;
    }

    private static void add(double[] to, double[] values, double share) {
        for (var i = 0; i < to.length; i++) to[i] += share * values[i];
    }

    private static void scale(double[] values, double factor) {
        for (var i = 0; i < values.length; i++) values[i] *= factor;
    }
}
