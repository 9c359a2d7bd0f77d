package dev.striate.recipe;

import java.util.List;

/// What training minimises: the mean over the batch unless stated.
public sealed interface Loss {

    /// A loss of a vector of outputs for each picture or pixel against its class; those of values take the class as a
    /// vector with a single 1.
    sealed interface OfClasses extends Loss {}

    /// A loss of boxes N×4, centre, width and height, against others.
    sealed interface OfBoxes extends Loss {}

    /// A loss of outputs against values of their shape.
    sealed interface OfValues extends OfBoxes {}

    /// A loss of pairs of pictures, which show the same or not.
    sealed interface OfPairs extends Loss {}

    /// `−Σ_k q_k log softmax(z)_k` with `q = (1 − s)·onehot + s/K` (smoothing s: Szegedy et al. 2015, §7); with class
    /// weights (one for each class, or none) the mean is over the weights of the pictures' classes, as PyTorch's. Where a
    /// network's classes have a tree, [dev.striate.tree.TreeEntropy].
    record CrossEntropy(double labelSmoothing, List<Double> classWeights) implements OfClasses {
        public CrossEntropy {
            Expect.share("Label smoothing", labelSmoothing);
            classWeights = List.copyOf(classWeights);
            for (var weight : classWeights) Expect.notNegative("A class weight", weight);
        }
    }

    /// The mean over all outputs of `(target − output)²`.
    record MeanSquaredError() implements OfClasses, OfValues {}

    /// `½Σ(target − output)²` over the outputs of a picture.
    record HalfSquaredError() implements OfClasses, OfValues {}

    /// Cross entropy of each output by itself, on logits: `−t log σ(z) − (1 − t) log(1 − σ(z))`.
    record BinaryCrossEntropy() implements OfClasses, OfValues, OfPairs {}

    /// `½d²/β` where |d| < β, else `|d| − ½β` (Girshick 2015, §2.3, with β = 1).
    record SmoothL1(double beta) implements OfClasses, OfValues {
        public SmoothL1 {
            Expect.positive("The beta of smooth L1", beta);
        }
    }

    /// `1 − IoU + (H − U)/H` with the union U of two boxes and the smallest box H that holds both (Rezatofighi et al. 2019):
    /// a small box's errors count as much as a large one's, and boxes that do not meet draw nearer.
    record GeneralizedIoU() implements OfBoxes {}

    /// `max(0, ‖a − p‖² − ‖a − n‖² + margin)` of anchor, positive and negative (Schroff et al. 2015, §3.1).
    record TripletMargin(double margin) implements Loss {
        public TripletMargin {
            Expect.positive("The margin of triplets", margin);
        }
    }

    /// `½d²` for a pair of one kind, `½max(0, margin − d)²` for others (Hadsell et al. 2006, §2.1).
    record Contrastive(double margin) implements OfPairs {
        public Contrastive {
            Expect.positive("The margin of pairs", margin);
        }
    }

    /// `Σ_{k≠y} max(0, margin − z_y + z_k)` (Weston and Watkins 1999).
    record Hinge(double margin) implements OfClasses {
        public Hinge {
            Expect.positive("The margin of a hinge", margin);
        }
    }

    static CrossEntropy crossEntropy() {
        return crossEntropy(0);
    }

    static CrossEntropy crossEntropy(double labelSmoothing) {
        return new CrossEntropy(labelSmoothing, List.of());
    }
}
