package dev.striate.data.set;

import dev.striate.StriateException;
import dev.striate.data.picture.Picture;
import dev.striate.files.FileErrors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// One file of CIFAR's binary version: records of `labelBytes` labels, the last of which counts, then 32×32 red, green
/// and blue values in three planes (cs.toronto.edu/~kriz/cifar.html).
record CifarFile(Path file, byte[] bytes, int labelBytes) {
    private static final int SIDE = 32;
    private static final int PLANE = SIDE * SIDE;

    static CifarFile read(Path file, int labelBytes, List<String> classes) {
        try {
            var read = new CifarFile(file, Files.readAllBytes(file), labelBytes);
            read.check(classes.size());
            return read;
        } catch (IOException e) {
            throw StriateException.file("A CIFAR file was expected at " + file + "; it cannot be read: "
                    + FileErrors.whyNotRead(file, e) + ".", e);
        }
    }

    int count() {
        return bytes.length / record();
    }

    int label(int index) {
        return bytes[index * record() + labelBytes - 1] & 0xff;
    }

    Picture picture(int index) {
        var pixels = new byte[3 * PLANE];
        var from = index * record() + labelBytes;
        for (int i = 0, j = 0; i < PLANE; i++, j += 3) {
            pixels[j] = bytes[from + i];
            pixels[j + 1] = bytes[from + PLANE + i];
            pixels[j + 2] = bytes[from + 2 * PLANE + i];
        }
        return new Picture(SIDE, SIDE, 3, pixels);
    }

    private int record() {
        return labelBytes + 3 * PLANE;
    }

    private void check(int classes) {
        if (bytes.length == 0 || bytes.length % record() != 0) {
            throw StriateException.file("A CIFAR file of whole records of " + record() + " bytes was expected; " + file
                    + " has " + bytes.length + " bytes.");
        }
        for (var i = 0; i < count(); i++) {
            if (label(i) >= classes) {
                throw StriateException.file("Labels from 0 to " + (classes - 1) + " were expected; " + file + "#" + i
                        + " is " + label(i) + ".");
            }
        }
    }
}
