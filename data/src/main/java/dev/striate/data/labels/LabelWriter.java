package dev.striate.data.labels;

import dev.striate.StriateException;
import dev.striate.target.Target;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Writes labels in each of the formats, as [LabelFiles] reads them.
public final class LabelWriter {
    private LabelWriter() {}

    /// The path below the set's folder at which a format wants a picture.
    public static String place(Format format, Role role, String file) {
        return switch (format) {
            case VOC, MASKS -> "JPEGImages/" + file;
            case COCO -> role.label() + "/" + file;
            case DARKNET -> "images/" + role.label() + "/" + file;
        };
    }

    /// Writes the labels of all pictures below `folder`, and the classes' names in their order. VOC's boxes are rounded to
    /// whole pixels, Darknet's to a millionth of the picture's sides; Darknet does not know difficult objects.
    public static void write(Format format, Path folder, List<String> classes, List<Written> pictures)
            throws IOException {
        for (var picture : pictures) check(format, picture);
        switch (format) {
            case VOC -> VocWriter.write(folder, classes, pictures);
            case COCO -> CocoWriter.write(folder, classes, pictures);
            case DARKNET -> DarknetWriter.write(folder, classes, pictures);
            case MASKS -> MaskWriter.write(folder, classes, pictures);
        }
    }

    private static void check(Format format, Written picture) {
        var fits = format == Format.MASKS ? picture.target() instanceof Target.Mask
                : picture.target() instanceof Target.Objects;
        if (fits) return;
        throw new StriateException("Pictures with " + (format == Format.MASKS ? "masks" : "boxes")
                + " were expected for the format " + format.label() + "; " + picture.file() + " has none.");
    }

    /// The objects of a picture that was checked.
    static List<Target.LabelledBox> boxes(Written picture) {
        return picture.target() instanceof Target.Objects(var boxes, _) ? boxes : List.of();
    }

    /// Writes a file of text, and its folders.
    static void text(Path file, List<String> lines) throws IOException {
        Files.createDirectories(file.getParent());
        Files.write(file, lines);
    }

    /// Writes a list of names for each part that has pictures: `train.txt`.
    static void lists(Path folder, List<Written> pictures) throws IOException {
        for (var role : List.of(Role.TRAIN, Role.VALIDATION, Role.TEST)) {
            var names = new ArrayList<String>();
            for (var each : pictures) if (each.role() == role) names.add(stem(each));
            if (!names.isEmpty()) text(folder.resolve(role.label() + ".txt"), names);
        }
    }

    static String stem(Written picture) {
        var dot = picture.file().lastIndexOf('.');
        return dot < 0 ? picture.file() : picture.file().substring(0, dot);
    }
}
