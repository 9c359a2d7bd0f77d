package dev.striate.data.set;

import dev.striate.StriateException;
import dev.striate.data.picture.Picture;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/// Grey pictures and their labels from a pair of IDX files.
record Idx(List<String> classes, IdxFile pictures, IdxFile labels) implements Classified {
    Idx {
        if (pictures.count() != labels.count()) {
            throw StriateException.file("As many labels as pictures were expected; " + pictures.file() + " holds "
                    + pictures.count() + " pictures and " + labels.file() + " " + labels.count() + " labels.");
        }
        for (var i = 0; i < labels.count(); i++) {
            if ((labels.values()[i] & 0xff) >= classes.size()) {
                throw StriateException.file("Labels from 0 to " + (classes.size() - 1) + " were expected; "
                        + labels.file() + "#" + i + " is " + (labels.values()[i] & 0xff) + ".");
            }
        }
    }

    static Idx read(Path pictures, IdxFile labels, List<String> classes) {
        return new Idx(classes, IdxFile.read(pictures, 3), labels);
    }

    @Override
    public int size() {
        return pictures.count();
    }

    @Override
    public int label(int index) {
        return labels.values()[index] & 0xff;
    }

    @Override
    public String name(int index) {
        return pictures.file() + "#" + index;
    }

    @Override
    public Picture picture(int index) {
        var height = pictures.sides()[1];
        var width = pictures.sides()[2];
        var from = index * height * width;
        return new Picture(width, height, 1, Arrays.copyOfRange(pictures.values(), from, from + height * width));
    }
}
