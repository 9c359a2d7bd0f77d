package dev.striate.region;

import dev.striate.box.Box;

/// What a box is to learn. A box that is to learn nothing has none.
public sealed interface Assigned {
    /// Which of the boxes given it is.
    int index();

    /// The box itself: an anchor, or a region.
    Box box();

    /// It is to find an object.
    ///
    /// @param object the object's box
    /// @param label the object's class, from 0
    record Foreground(int index, Box box, Box object, int label) implements Assigned {}

    /// There is no object for it to find.
    record Background(int index, Box box) implements Assigned {}
}
