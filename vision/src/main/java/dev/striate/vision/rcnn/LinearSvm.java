package dev.striate.vision.rcnn;

import de.bwaldvogel.liblinear.Feature;
import de.bwaldvogel.liblinear.FeatureNode;
import de.bwaldvogel.liblinear.Linear;
import de.bwaldvogel.liblinear.Parameter;
import de.bwaldvogel.liblinear.Problem;
import de.bwaldvogel.liblinear.SolverType;
import dev.striate.StriateException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// A linear support vector machine: what is on the positive side of a plane, and how far. The array is not copied.
record LinearSvm(float[] weights, double bias) {
    private static final double TOLERANCE = 0.01;

    static {
        Linear.disableDebugOutput();
    }

    /// Fits a machine by liblinear: L2 regularisation, hinge loss, its dual solved by coordinate descent (Fan et al.
    /// 2008), the same for the same vectors.
    static LinearSvm fit(List<float[]> positives, List<float[]> negatives, SvmSettings settings) {
        if (positives.isEmpty() || negatives.isEmpty()) {
            throw new StriateException("A support vector machine expects positive and negative vectors; received "
                    + positives.size() + " and " + negatives.size() + ".");
        }
        var length = positives.getFirst().length;
        var parameter = new Parameter(SolverType.L2R_L1LOSS_SVC_DUAL, settings.cost(), TOLERANCE);
        parameter.setWeights(new double[] { settings.positiveWeight() }, new int[] { 1 });
        parameter.setRandom(new Random(0));
        // The first label is the positive side, so the positives go first.
        var weights = Linear.train(problem(positives, negatives, length, settings.bias()), parameter)
                .getFeatureWeights();
        var floats = new float[length];
        for (var i = 0; i < length; i++) floats[i] = (float) weights[i];
        return new LinearSvm(floats, weights[length] * settings.bias());
    }

    private static Problem problem(List<float[]> positives, List<float[]> negatives, int length, double bias) {
        var problem = new Problem();
        problem.l = positives.size() + negatives.size();
        problem.n = length + 1;
        problem.x = new Feature[problem.l][];
        problem.y = new double[problem.l];
        for (var i = 0; i < problem.l; i++) {
            var isPositive = i < positives.size();
            problem.x[i] = nodes(isPositive ? positives.get(i) : negatives.get(i - positives.size()), bias);
            problem.y[i] = isPositive ? 1 : -1;
        }
        return problem;
    }

    /// What is not 0, counted from 1, and the bias behind it.
    private static Feature[] nodes(float[] x, double bias) {
        var nodes = new ArrayList<Feature>();
        for (var i = 0; i < x.length; i++) if (x[i] != 0) nodes.add(new FeatureNode(i + 1, x[i]));
        nodes.add(new FeatureNode(x.length + 1, bias));
        return nodes.toArray(Feature[]::new);
    }

    /// How far on the positive side a vector is: 1 is the edge of the margin.
    double margin(float[] x) {
        var sum = bias;
        for (var i = 0; i < weights.length; i++) sum += (double) weights[i] * x[i];
        return sum;
    }

    /// The same machine for vectors before they are multiplied by a factor.
    LinearSvm before(double factor) {
        var scaled = weights.clone();
        for (var i = 0; i < scaled.length; i++) scaled[i] *= (float) factor;
        return new LinearSvm(scaled, bias);
    }
}
