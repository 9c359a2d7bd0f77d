package dev.striate.vision.classify;

import dev.striate.StriateException;
import dev.striate.data.set.DataSet;

/// Checks a set's labels before the first step.
final class Labels {
    private Labels() {}

    /// Refuses a label that names no class.
    static void check(DataSet pictures) {
        var classes = pictures.classes().size();
        for (var i = 0; i < pictures.size(); i++) {
            var label = pictures.label(i);
            if (label < 0 || label >= classes) {
                throw new StriateException("A label from 0 to " + (classes - 1) + " was expected; " + pictures.name(i)
                        + " has the label " + label + ".");
            }
        }
    }
}
