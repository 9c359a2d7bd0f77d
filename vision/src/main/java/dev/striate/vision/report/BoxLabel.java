package dev.striate.vision.report;

import dev.striate.StriateException;
import dev.striate.box.Box;
import dev.striate.target.Target;
import java.util.List;
import java.util.Locale;

/// A box to be drawn, and what is written on it.
///
/// @param box in the picture's pixels
/// @param label the class, from 0, which gives the colour
/// @param text in any script; empty for a box alone
public record BoxLabel(Box box, int label, String text) {
    /// The objects that somebody has marked in a picture, with the names of their classes; difficult ones get a
    /// question mark.
    public static List<BoxLabel> of(Target.Objects objects, List<String> labels) {
        return objects.boxes().stream().map(object -> new BoxLabel(object.box(), object.label(),
                name(labels, object.label()) + (object.difficult() ? "?" : ""))).toList();
    }

    /// What a detector has found, with its score from 0 to 1, as in "dog 97 %".
    public static BoxLabel scored(Box box, int label, List<String> labels, double score) {
        return new BoxLabel(box, label, String.format(Locale.ROOT, "%s %.0f %%", name(labels, label), 100 * score));
    }

    private static String name(List<String> labels, int label) {
        if (label < 0 || label >= labels.size()) {
            throw new StriateException("A box of one of " + labels.size() + " classes was expected; received class "
                    + label + ".");
        }
        return labels.get(label);
    }
}
