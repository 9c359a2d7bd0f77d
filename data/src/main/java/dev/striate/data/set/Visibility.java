package dev.striate.data.set;

import dev.striate.StriateException;

/// Which objects still count after a picture was moved and cut: those of whose box at least a share of `area` is inside,
/// with sides of at least `side` pixels there.
public record Visibility(double area, double side) {
    /// A fifth of the box, and two pixels of each side.
    public static final Visibility USUAL = new Visibility(0.2, 2);

    public Visibility {
        if (!(area >= 0 && area <= 1 && side >= 0)) {
            throw new StriateException("What is to be seen of an object expects a share from 0 to 1 and a side of at "
                    + "least 0 pixels; received " + area + " and " + side + ".");
        }
    }
}
