package dev.striate.data.set;

import dev.striate.StriateException;
import dev.striate.data.files.FileTree;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

/// Finds train, validation and test parts and their classes among the files of a tree: `train/CLASS/*.jpg` and
/// `test/CLASS/*.jpg` (or `val`), or only `CLASS/*.jpg`, all of it perhaps below one top folder.
final class ClassLayout {
    private static final List<String> TRAIN = List.of("train", "training");
    private static final List<String> VALIDATION = List.of("val", "valid", "validation");
    private static final List<String> TEST = List.of("test", "testing");

    private final String name;
    private final FileTree tree;
    private final String top;
    private final List<String> files;
    /// For the decoded pictures of all parts together: a quarter of the Java heap.
    private final AtomicLong budget = new AtomicLong(Runtime.getRuntime().maxMemory() / 4);

    private ClassLayout(String name, FileTree tree) {
        this.name = name;
        this.tree = tree;
        var pictures = tree.files().stream().filter(FileTree::isPicture).toList();
        this.top = top(pictures);
        this.files = pictures.stream().map(file -> file.substring(top.length())).toList();
    }

    static Splits open(String name, FileTree tree) {
        return new ClassLayout(name, tree).splits();
    }

    private Splits splits() {
        if (files.isEmpty()) throw StriateException.file("Folders of pictures were expected; " + name + " holds none.");
        var train = part(TRAIN);
        var validation = part(VALIDATION);
        var test = part(TEST).or(() -> validation);
        if (train.isEmpty() || test.isEmpty()) return undivided(train.orElse(""));
        var members = members(train.get());
        var classes = checked(members);
        var own = part(TEST).isPresent() ? validation : Optional.<String>empty();
        return new Splits(name, set(classes, members), own.map(part -> set(classes, members(part))),
                set(classes, members(test.get())), true);
    }

    private Splits undivided(String part) {
        var members = members(part);
        var halves = Sampling.everyNth(set(checked(members), members), 5);
        return new Splits(name, halves.rest(), Optional.empty(), halves.held(), false);
    }

    private DataSet set(List<String> classes, SortedMap<String, List<String>> members) {
        return new Cached(ClassFolders.of(tree, classes, members), budget);
    }

    private List<String> checked(SortedMap<String, List<String>> classes) {
        if (classes.size() < 2) {
            throw StriateException.file("Folders of at least two classes were expected; " + name + " holds "
                    + classes.size() + (classes.isEmpty() ? "." : ", " + classes.firstKey() + "."));
        }
        for (var folder : tree.emptyFolders()) {
            throw StriateException.file("Pictures were expected in the folder of each class; " + tree.name(folder)
                    + " is empty.");
        }
        return List.copyOf(classes.keySet());
    }

    /// The first folder with one of these names, ending in `/`.
    private Optional<String> part(List<String> names) {
        return files.stream().map(ClassLayout::first).filter(folder -> names.contains(folder.toLowerCase(Locale.ROOT)))
                .findFirst().map(folder -> folder + "/");
    }

    /// The paths in the tree of each class's files below the folder `part`, which may be empty.
    private SortedMap<String, List<String>> members(String part) {
        return files.stream().filter(file -> file.startsWith(part) && file.indexOf('/', part.length()) > 0)
                .collect(Collectors.groupingBy(file -> first(file.substring(part.length())), TreeMap::new,
                        Collectors.mapping(file -> top + file, Collectors.toList())));
    }

    /// One folder around everything, as zips often have, ending in `/`.
    private static String top(List<String> files) {
        if (files.isEmpty()) return "";
        var first = first(files.getFirst()) + "/";
        var around = files.stream().allMatch(file -> file.startsWith(first))
                && files.stream().allMatch(file -> file.indexOf('/', first.length()) > 0)
                && !TRAIN.contains(first(files.getFirst()).toLowerCase(Locale.ROOT));
        return around ? first : "";
    }

    private static String first(String path) {
        return path.substring(0, Math.max(0, path.indexOf('/')));
    }
}
