package dev.striate.recipe;

import dev.striate.recipe.Loss.CrossEntropy;
import dev.striate.region.RegionTraining;

/// What training minimises for a task: losses of the network's outputs against the pictures' targets, and their weights.
public sealed interface Objective {

    /// A class for each picture; the losses of auxiliary heads count with their weight beside the main one's
    /// (GoogLeNet: 0.3).
    record Classes(Loss.OfClasses loss, double auxiliaryWeight) implements Objective {
        public Classes {
            Expect.notNegative("The weight of auxiliary heads", auxiliaryWeight);
        }
    }

    /// A class for each pixel that has one: the mean over the batch's pixels (Long, Shelhamer and Darrell 2015, §4.1).
    record Pixels(CrossEntropy loss) implements Objective {}

    /// A class and a box for each picture (Simonyan and Zisserman 2014, appendix A). A box is its centre, width and height,
    /// each divided by the input's width or height.
    record ClassAndBox(Loss.OfClasses classes, Loss.OfBoxes box, double boxWeight) implements Objective {
        public ClassAndBox {
            Expect.notNegative("The weight of boxes", boxWeight);
        }
    }

    /// Objects by the losses that a network's own output layers describe, as Darknet computes them (Redmon et al. 2016 to
    /// 2018).
    record Yolo() implements Objective {}

    /// Objects by regions: the sum of what a region proposal network's anchors and a head's regions cost (Ren et al. 2015,
    /// §3.2, approximate joint training).
    record Regions(RegionTraining training) implements Objective {}

    /// Whether the two pictures of a pair show the same. A network that compares them itself
    /// ([dev.striate.graph.Op.PairDifference]) learns by binary cross entropy (Koch et al. 2015, §3.2), one that gives
    /// embeddings by the contrastive loss.
    ///
    /// @param same the share of pairs that show the same
    record Pairs(Loss.OfPairs loss, double same) implements Objective {
        public Pairs {
            Expect.share("Pairs of the same", same);
        }
    }

    /// Embeddings of whose pictures those of one identity are nearer to one another than to others (Schroff et al. 2015).
    ///
    /// @param pictures of each identity in a batch
    record Triplets(Loss.TripletMargin loss, Mining mining, int pictures) implements Objective {
        public Triplets {
            Expect.that(pictures >= 2, "An identity's share of a batch", "at least two pictures", pictures);
        }
    }

    /// How pictures come together in batches.
    default BatchSampling sampling() {
        return switch (this) {
            case Pairs pairs -> new BatchSampling.Pairs(pairs.same());
            case Triplets triplets -> new BatchSampling.Identities(triplets.pictures());
            case Classes _,Pixels _,ClassAndBox _,Yolo _,Regions _ -> new BatchSampling.Shuffled();
        };
    }

    /// Triplets with the margin 0.2, negatives mined semi-hard, four pictures of each identity.
    static Triplets triplets() {
        return new Triplets(new Loss.TripletMargin(0.2), Mining.SEMI_HARD, 4);
    }

    /// Cross entropy of the class, and five times the generalised IoU's loss of the box.
    static ClassAndBox classAndBox() {
        return new ClassAndBox(Loss.crossEntropy(), new Loss.GeneralizedIoU(), 5);
    }

    /// Cross entropy, with auxiliary heads weighted 0.3.
    static Classes classes() {
        return new Classes(Loss.crossEntropy(), 0.3);
    }
}
