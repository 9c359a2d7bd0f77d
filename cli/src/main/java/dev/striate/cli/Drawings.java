package dev.striate.cli;

import dev.striate.StriateException;
import dev.striate.files.FileErrors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// Where a command draws what it says of pictures: a folder, with a file named after each picture.
final class Drawings {
    private final Path folder;
    private final Map<Path, String> names = new HashMap<>();

    /// Makes the folder; refuses two pictures of which each would be drawn over the other.
    Drawings(Path folder, List<Path> pictures) {
        this(folder, pictures, picture -> picture.getFileName().toString());
    }

    /// The same with the name of each picture's file below the folder, perhaps in a folder there.
    Drawings(Path folder, List<Path> pictures, Function<Path, String> naming) {
        this.folder = folder;
        var taken = new HashMap<String, Path>();
        for (var picture : pictures) {
            var name = naming.apply(picture).replaceFirst("\\.[^./]*$", "");
            var other = taken.put(name, picture);
            if (other != null && !other.equals(picture)) {
                throw new StriateException("Pictures of different names were expected, since " + folder
                        + " has a file for each; received " + other + " and " + picture + ".");
            }
            names.put(picture, name);
        }
        make(folder);
    }

    static void make(Path folder) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw StriateException.file("The folder " + folder + " could not be made: "
                    + FileErrors.whyNotWritten(folder, e) + ".", e);
        }
    }

    /// The file for a picture, its name followed by this; refuses to draw over the picture itself.
    Path of(Path picture, String ending) {
        var file = folder.resolve(names.get(picture) + ending);
        if (file.toAbsolutePath().normalize().equals(picture.toAbsolutePath().normalize())) {
            throw StriateException.file("Another folder than the pictures' own was expected for --out; received "
                    + folder + ", where " + picture + " would be overwritten.");
        }
        if (!file.getParent().equals(folder)) make(file.getParent());
        return file;
    }
}
