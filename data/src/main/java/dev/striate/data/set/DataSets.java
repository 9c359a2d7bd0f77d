package dev.striate.data.set;

import dev.striate.StriateException;
import dev.striate.data.files.FileTree;
import dev.striate.data.labels.Format;
import dev.striate.data.labels.LabelFiles;
import dev.striate.data.scene.Scenes;
import dev.striate.files.FileErrors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Opens data sets, by path or by name.
public final class DataSets {
    /// The environment variable that names a folder with data sets in sub-folders by name.
    public static final String FOLDER = "STRIATE_DATA";
    /// What joins the places of several sets into one.
    static final String AND = " + ";
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
    /// for training and 1,000 for testing, 28×28, grey; or `scenes`, `scenes-one` and `scenes-masks`, which it draws too:
    /// shapes with their boxes, one shape in each picture, and shapes with their masks, 2,000 and 400, 128×128, RGB.
    ///
    /// Where files could be read in several ways, a word says which: `voc:FOLDER`, `coco:FOLDER`, `darknet:FOLDER`,
    /// `masks:FOLDER` for the label format, `classes:FOLDER` for folders of classes whatever labels lie among them.
    /// `rotated:DATA` has each class of its training pictures three times more, turned by 90, 180 and 270 degrees.
    ///
    /// Several places are one set with ` + ` between them, as in `boxes/ + pictures/`: training is by the pictures of all,
    /// testing by those of the first.
    public static Splits open(String pathOrName) {
        return open(pathOrName, BadLabels.FAIL);
    }

    /// The same with a rule for labels that cannot be used.
    public static Splits open(String pathOrName, BadLabels rule) {
        var joined = joined(pathOrName);
        if (joined.size() > 1) return Splits.joined(joined.stream().map(each -> open(each, rule)).toList());
        var kind = Kind.of(pathOrName);
        if (kind.isPresent()) return kind.get().open(rule);
        var path = Path.of(pathOrName);
        if (Files.exists(path)) return open(path, rule);
        if (pathOrName.equals(DrawnDigits.NAME)) return DrawnDigits.splits(0);
        var folder = System.getenv(FOLDER);
        return DrawnScenes.named(pathOrName).orElseGet(
                () -> named(pathOrName, folder == null ? List.of(SYSTEM) : List.of(Path.of(folder), SYSTEM), rule));
    }

    /// The places that are joined; one that has the joining sign in its own name stays whole.
    private static List<String> joined(String pathOrName) {
        if (!pathOrName.contains(AND) || Files.exists(Path.of(pathOrName))) return List.of(pathOrName);
        return Stream.of(pathOrName.split(Pattern.quote(AND))).map(String::strip).toList();
    }

    /// A path or name that [#open] understands from any working folder.
    public static String place(String pathOrName) {
        var joined = joined(pathOrName);
        if (joined.size() > 1) return joined.stream().map(DataSets::place).collect(Collectors.joining(AND));
        var kind = Kind.of(pathOrName);
        if (kind.isPresent()) return kind.get().word() + ":" + place(kind.get().path());
        var path = Path.of(pathOrName);
        return Files.exists(path) ? path.toAbsolutePath().normalize().toString() : pathOrName;
    }

    /// Opens a folder with IDX files or with CIFAR's binary files; or a folder or a zip with label files that
    /// [LabelFiles] knows, or with class folders.
    public static Splits open(Path path) {
        return open(path, BadLabels.FAIL);
    }

    /// The same with a rule for labels that cannot be used.
    public static Splits open(Path path, BadLabels rule) {
        return (Files.isDirectory(path) ? binary(path) : Optional.<Splits>empty())
                .orElseGet(() -> files(path, FileTree.of(path), rule));
    }

    /// A path with a word before it that says how to read it.
    private record Kind(String word, String path) {
        private static final Pattern WORDS = Pattern.compile("(voc|coco|darknet|masks|classes|rotated):(.+)");

        static Optional<Kind> of(String pathOrName) {
            var match = WORDS.matcher(pathOrName);
            return match.matches() ? Optional.of(new Kind(match.group(1), match.group(2))) : Optional.empty();
        }

        Splits open(BadLabels rule) {
            if (word.equals("rotated")) return Rotated.of(DataSets.open(path, rule));
            var tree = FileTree.of(Path.of(path));
            return Format.named(word).map(format -> LabelLayout.open(path, tree, format, rule))
                    .orElseGet(() -> ClassLayout.open(path, tree));
        }
    }

    /// Scenes with these settings, as many as asked for each part; with masks instead of boxes where asked.
    public static Splits scenes(Scenes scenes, boolean masks, long seed, int train, int test) {
        if (train < 1 || test < 1) {
            throw new StriateException("Scenes expect at least one picture for each part; received " + train + " and "
                    + test + ".");
        }
        return DrawnScenes.splits("scenes", scenes, masks, seed, train, test);
    }

    private static Splits files(Path path, FileTree tree, BadLabels rule) {
        return LabelFiles.format(tree).map(format -> LabelLayout.open(path.toString(), tree, format, rule))
                .orElseGet(() -> ClassLayout.open(path.toString(), tree));
    }

    static Splits named(String name, List<Path> folders, BadLabels rule) {
        for (var folder : folders) {
            for (var place : List.of(folder.resolve(name), folder.resolve(name + ".zip"))) {
                if (Files.exists(place)) return open(place, rule);
            }
        }
        if (!KNOWN.containsKey(name)) {
            throw new StriateException("A data set's path or one of the names "
                    + String.join(", ", KNOWN.keySet().stream().sorted().toList())
                    + ", digits, scenes, scenes-one, scenes-masks was expected; received " + name + ".");
        }
        throw new StriateException("The data set " + name + " was expected in a folder of that name in "
                + String.join(" or ", folders.stream().map(Path::toString).toList()) + "; put there "
                + KNOWN.get(name) + ", or name another folder in " + FOLDER + ".");
    }

    private static Optional<Splits> binary(Path folder) {
        try (var entries = Files.list(folder)) {
            var files = entries.sorted().toList();
            if (Omniglot.fits(files)) return Optional.of(Omniglot.open(folder, files));
            if (IdxFolder.fits(files)) {
                return Optional
                        .of(IdxFolder.open(folder, files, folder.endsWith("fashion-mnist") ? CLOTHES : List.of()));
            }
        } catch (IOException e) {
            throw StriateException.file("A data set was expected; the folder " + folder + " cannot be read: "
                    + FileErrors.whyNotRead(folder, e) + ".", e);
        }
        return CifarFolder.find(folder).map(CifarFolder::open);
    }
}
