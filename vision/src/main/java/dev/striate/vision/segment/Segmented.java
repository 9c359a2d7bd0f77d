package dev.striate.vision.segment;

import dev.striate.data.picture.Picture;
import dev.striate.target.Target.Mask;
import dev.striate.vision.report.Annotations;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// The class of every pixel of a picture.
public record Segmented(Picture picture, Mask mask, List<String> labels) {
    private static final double OPACITY = 0.5;

    public Segmented {
        labels = List.copyOf(labels);
    }

    /// How much of the picture a class covers.
    public record Part(int index, String label, long pixels, double share) {}

    /// The classes that occur, the largest first.
    public List<Part> parts() {
        var counts = new long[labels.size()];
        for (var each : mask.classes()) counts[Byte.toUnsignedInt(each)]++;
        var parts = new ArrayList<Part>();
        for (var k = 0; k < counts.length; k++) {
            if (counts[k] == 0) continue;
            parts.add(new Part(k, labels.get(k), counts[k], counts[k] / (double) mask.classes().length));
        }
        parts.sort(Comparator.comparingLong(Part::pixels).reversed());
        return parts;
    }

    /// The picture under the colours of its classes, and a legend of those that occur below.
    public Picture overlay() {
        return Annotations.mask(picture, mask, labels, OPACITY);
    }
}
