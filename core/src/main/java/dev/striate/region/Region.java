package dev.striate.region;

import dev.striate.StriateException;
import dev.striate.box.Box;
import java.util.List;

/// A region of interest: a box in the pixels of one picture of a batch.
public record Region(int picture, Box box) {
    public Region {
        if (picture < 0) {
            throw new StriateException("A region expects the index of a picture from 0; received " + picture + ".");
        }
    }

    /// Refuses a region of a picture behind the last.
    static void check(List<Region> regions, int pictures) {
        for (var region : regions) {
            if (region.picture >= pictures) {
                throw new StriateException("Regions of " + pictures + " pictures were expected; received one of "
                        + "picture " + region.picture + ", counted from 0.");
            }
        }
    }
}
