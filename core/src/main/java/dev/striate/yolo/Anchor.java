package dev.striate.yolo;

import dev.striate.StriateException;

/// The usual width and height of an object, above 0: what a predicted box is a multiple of.
public record Anchor(double width, double height) {
    public Anchor {
        if (!(width > 0 && height > 0 && Double.isFinite(width) && Double.isFinite(height))) {
            throw new StriateException("An anchor expects a width and a height above 0; received " + width + " × "
                    + height + ".");
        }
    }
}
