package dev.striate.region;

import dev.striate.StriateException;

/// `−log softmax(z)_k` for rows of logits z, one for each class.
record SoftmaxCrossEntropy(int classes) {
    SoftmaxCrossEntropy {
        if (classes < 1) throw new StriateException("At least one class was expected; received " + classes + ".");
    }

    /// The loss of a row whose class is known.
    double value(Values logits, int row, int label) {
        return logSum(logits, row) - logits.get(row * classes + label);
    }

    /// Adds the loss's gradient, times a weight, to the row of another array.
    void addGradient(Values logits, int row, int label, double weight, Values gradient) {
        var logSum = logSum(logits, row);
        for (var k = 0; k < classes; k++) {
            var probability = Math.exp(logits.get(row * classes + k) - logSum);
            gradient.add(row * classes + k, weight * (probability - (k == label ? 1 : 0)));
        }
    }

    /// The probability of each class of a row.
    double[] shares(Values logits, int row) {
        var logSum = logSum(logits, row);
        var shares = new double[classes];
        for (var k = 0; k < classes; k++) shares[k] = Math.exp(logits.get(row * classes + k) - logSum);
        return shares;
    }

    private double logSum(Values logits, int row) {
        var largest = Double.NEGATIVE_INFINITY;
        for (var k = 0; k < classes; k++) largest = Math.max(largest, logits.get(row * classes + k));
        var sum = 0.0;
        for (var k = 0; k < classes; k++) sum += Math.exp(logits.get(row * classes + k) - largest);
        return largest + Math.log(sum);
    }
}
