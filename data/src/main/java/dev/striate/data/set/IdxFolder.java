package dev.striate.data.set;

import dev.striate.StriateException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/// A folder with MNIST's four IDX files, or others named like them.
final class IdxFolder {
    private static final Pattern PICTURES = Pattern.compile(".*images.idx3-ubyte(\\.gz)?");

    private IdxFolder() {}

    static boolean fits(List<Path> files) {
        return files.stream().anyMatch(IdxFolder::isPictures);
    }

    /// Opens it; without known `classes` these are the numbers from 0 to the largest training label.
    static Splits open(Path folder, List<Path> files, List<String> classes) {
        var train = only(folder, files, file -> file.contains("train"), "training");
        var test = only(folder, files, file -> file.contains("t10k") || file.contains("test"), "test");
        var labels = IdxFile.read(labels(train), 1);
        var names = classes.isEmpty() ? numbers(labels) : classes;
        if (names.size() < 2) {
            throw StriateException.file("At least two classes were expected; every label in " + labels.file()
                    + " is 0.");
        }
        return new Splits(folder.toString(), Idx.read(train, labels, names), Optional.empty(),
                Idx.read(test, IdxFile.read(labels(test), 1), names), true);
    }

    private static boolean isPictures(Path file) {
        return PICTURES.matcher(file.getFileName().toString()).matches();
    }

    private static Path only(Path folder, List<Path> files, Predicate<String> part, String what) {
        var found = files.stream().filter(IdxFolder::isPictures)
                .filter(file -> part.test(file.getFileName().toString())).toList();
        if (found.size() != 1) {
            throw StriateException.file("One IDX file of " + what + " pictures was expected in " + folder
                    + "; received " + found.size() + ".");
        }
        return found.getFirst();
    }

    private static Path labels(Path pictures) {
        var name = pictures.getFileName().toString().replace("images", "labels").replace("idx3", "idx1");
        return pictures.resolveSibling(name);
    }

    private static List<String> numbers(IdxFile labels) {
        var largest = 0;
        for (var label : labels.values()) largest = Math.max(largest, label & 0xff);
        return IntStream.rangeClosed(0, largest).mapToObj(Integer::toString).toList();
    }
}
