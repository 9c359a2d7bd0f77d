package dev.striate.region;

import dev.striate.StriateException;
import dev.striate.box.Box;

/// A region of interest: a box in the pixels of one picture of a batch.
public record Region(int picture, Box box) {
    public Region {
        if (picture < 0) {
            throw new StriateException("A region expects the index of a picture from 0; received " + picture + ".");
        }
    }
}
