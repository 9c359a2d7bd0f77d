package dev.striate.vision.localise;

import dev.striate.box.Box;
import dev.striate.data.picture.Picture;
import dev.striate.vision.report.Annotations;
import dev.striate.vision.report.BoxLabel;
import java.util.List;
import java.util.Locale;

/// What is in a picture, and where: the class by its number and name, and the box in the picture's pixels.
public record Located(int index, String label, double probability, Box box) {
    /// The picture with the box and its label.
    public Picture on(Picture picture) {
        var text = String.format(Locale.ROOT, "%s %.0f %%", label, 100 * probability);
        return Annotations.boxes(picture, List.of(new BoxLabel(box, index, text)));
    }
}
