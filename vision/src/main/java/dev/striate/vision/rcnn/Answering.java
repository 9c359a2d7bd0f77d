package dev.striate.vision.rcnn;

/// How an R-CNN says what is in a region and where.
///
/// @param scores who says what it is
/// @param moves whether the regression of the class moves the region to where it expects the object
public record Answering(Scores scores, boolean moves) {
    /// The paper's best: support vector machines, and boxes that are moved.
    public static final Answering USUAL = new Answering(Scores.MACHINES, true);

    /// Who says what is in a region.
    public enum Scores {
        /// The support vector machines. A margin m becomes the score 1/(1 + e^−m), which keeps the order that precision
        /// and suppression go by, and puts the machine's own border at 0.5; it is no measured probability.
        MACHINES,
        /// The probabilities of the fine-tuned network's own head; the paper lost 3.3 points by them (appendix B).
        SOFTMAX
    }

    @Override
    public String toString() {
        return (scores == Scores.MACHINES ? "machines" : "softmax") + (moves ? ", boxes moved" : "");
    }
}
