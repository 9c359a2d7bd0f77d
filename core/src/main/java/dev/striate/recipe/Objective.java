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

    /// Cross entropy of the class, and five times the generalised IoU's loss of the box.
    static ClassAndBox classAndBox() {
        return new ClassAndBox(Loss.crossEntropy(), new Loss.GeneralizedIoU(), 5);
    }

    /// Cross entropy, with auxiliary heads weighted 0.3.
    static Classes classes() {
        return new Classes(Loss.crossEntropy(), 0.3);
    }
}
