package dev.striate.data.set;

import dev.striate.StriateException;
import dev.striate.files.FileErrors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Opens data sets, by path or by name.
public final class DataSets {
    /// The environment variable that names a folder with data sets in sub-folders by name.
    public static final String FOLDER = "STRIATE_DATA";
    /// Where Debian's packages put data sets.
    private static final Path SYSTEM = Path.of("/usr/share/datasets");

    private static final List<String> CLOTHES = List.of("T-shirt/top", "Trouser", "Pullover", "Dress", "Coat",
            "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot");
    /// The sets known by name, and how to get them.
    private static final Map<String, String> KNOWN = Map.of(
            "mnist", "its four *-ubyte.gz files, as from yann.lecun.com/exdb/mnist",
            "fashion-mnist", "Debian's package dataset-fashion-mnist, or its four *-ubyte.gz files, as from "
                    + "github.com/zalandoresearch/fashion-mnist",
            "cifar10", "the unpacked binary version, as from cs.toronto.edu/~kriz/cifar.html",
            "cifar100", "the unpacked binary version, as from cs.toronto.edu/~kriz/cifar.html");

    private DataSets() {}

    /// Opens a path or, where there is none of that name, a known set: `mnist`, `fashion-mnist`, `cifar10`, `cifar100`,
    /// looked for in the folder that STRIATE_DATA names and in /usr/share/datasets, or `digits`, which it draws: 6,000
    /// for training and 1,000 for testing, 28×28, grey.
    public static Splits open(String pathOrName) {
        var path = Path.of(pathOrName);
        if (Files.exists(path)) return open(path);
        if (pathOrName.equals(DrawnDigits.NAME)) return DrawnDigits.splits(0);
        var folder = System.getenv(FOLDER);
        return named(pathOrName, folder == null ? List.of(SYSTEM) : List.of(Path.of(folder), SYSTEM));
    }

    /// A path or name that [#open] understands from any working folder.
    public static String place(String pathOrName) {
        var path = Path.of(pathOrName);
        return Files.exists(path) ? path.toAbsolutePath().normalize().toString() : pathOrName;
    }

    /// Opens a folder with IDX files, with CIFAR's binary files or with class folders, or a zip of class folders.
    public static Splits open(Path path) {
        if (Files.isDirectory(path)) return folder(path);
        if (!Files.exists(path)) {
            throw StriateException.file("A data set was expected at " + path + "; there is no such folder or file.");
        }
        if (path.toString().toLowerCase(Locale.ROOT).endsWith(".zip")) {
            return ClassLayout.open(path.toString(), ZipTree.of(path));
        }
        throw StriateException.file("A data set is a folder or a .zip file; received " + path + ".");
    }

    static Splits named(String name, List<Path> folders) {
        for (var folder : folders) {
            for (var place : List.of(folder.resolve(name), folder.resolve(name + ".zip"))) {
                if (Files.exists(place)) return open(place);
            }
        }
        if (!KNOWN.containsKey(name)) {
            throw new StriateException("A data set's path or one of the names "
                    + String.join(", ", KNOWN.keySet().stream().sorted().toList()) + ", digits was expected; received "
                    + name
                    + ".");
        }
        throw new StriateException("The data set " + name + " was expected in a folder of that name in "
                + String.join(" or ", folders.stream().map(Path::toString).toList()) + "; put there "
                + KNOWN.get(name) + ", or name another folder in " + FOLDER + ".");
    }

    private static Splits folder(Path folder) {
        try (var entries = Files.list(folder)) {
            var files = entries.sorted().toList();
            if (IdxFolder.fits(files)) {
                return IdxFolder.open(folder, files, folder.endsWith("fashion-mnist") ? CLOTHES : List.of());
            }
        } catch (IOException e) {
            throw StriateException.file("A data set was expected; the folder " + folder + " cannot be read: "
                    + FileErrors.whyNotRead(folder, e) + ".", e);
        }
        return CifarFolder.find(folder).map(CifarFolder::open)
                .orElseGet(() -> ClassLayout.open(folder.toString(), FolderTree.of(folder)));
    }
}
