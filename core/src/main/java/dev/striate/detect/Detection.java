package dev.striate.detect;

import dev.striate.StriateException;
import dev.striate.box.Box;

/// An object that a detector found: its box in the picture's pixels, its class from 0, and how sure the detector is, from
/// 0 to 1.
public record Detection(Box box, int label, double score) {
    public Detection {
        if (label < 0 || Double.isNaN(score)) {
            throw new StriateException("A detection expects a class from 0 and a score; received class " + label
                    + " and " + score + ".");
        }
    }
}
