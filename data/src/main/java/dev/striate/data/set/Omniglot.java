package dev.striate.data.set;

import dev.striate.data.files.FileTree;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Omniglot's folder, its files zipped or unpacked (Lake et al. 2015): characters of the background sets to train on, and
/// those of the evaluation set to test on where it is there. Every tenth character of a background set is for validation.
final class Omniglot {
    private static final String TRAIN = "images_background";
    private static final String TEST = "images_evaluation";
    private static final int TENTH = 10;
    /// For the decoded pictures: an eighth of the Java heap.
    private final AtomicLong budget = new AtomicLong(Runtime.getRuntime().maxMemory() / 8);
    private final Path folder;
    private final List<Path> files;

    private Omniglot(Path folder, List<Path> files) {
        this.folder = folder;
        this.files = files;
    }

    /// Whether a folder's files are Omniglot's.
    static boolean fits(List<Path> files) {
        return files.stream().anyMatch(file -> file.getFileName().toString().startsWith(TRAIN));
    }

    static Splits open(Path folder, List<Path> files) {
        return new Omniglot(folder, files).splits();
    }

    private Splits splits() {
        var all = characters(TRAIN);
        var held = IntStream.range(0, all.classes().size()).filter(label -> label % TENTH == TENTH - 1).boxed()
                .toList();
        var train = of(all, label -> !held.contains(label));
        var validation = of(all, held::contains);
        var own = new Splits(folder.toString(), train, Optional.of(validation), validation, true);
        if (places(TEST).isEmpty()) return own;
        var evaluation = characters(TEST);
        var named = own.among(Stream.of(all, evaluation).flatMap(set -> set.classes().stream()).distinct().toList());
        return new Splits(named.name(), named.train(), named.validation(), evaluation.among(named.train().classes()),
                true);
    }

    private static DataSet of(DataSet all, IntPredicate wanted) {
        return all.subset(IntStream.range(0, all.size()).filter(i -> wanted.test(all.label(i))).toArray());
    }

    private DataSet characters(String start) {
        var sets = places(start).stream().map(this::characters).toList();
        return sets.size() == 1 ? sets.getFirst() : Joined.of(sets);
    }

    private List<Path> places(String start) {
        return files.stream().filter(file -> file.getFileName().toString().startsWith(start)).toList();
    }

    /// Classes by alphabet and character: `Greek/character01`.
    private DataSet characters(Path place) {
        var tree = FileTree.of(place);
        SortedMap<String, List<String>> files = new TreeMap<>();
        for (var file : tree.files()) {
            var folders = file.split("/");
            if (folders.length < 3 || !FileTree.isPicture(file)) continue;
            files.computeIfAbsent(folders[folders.length - 3] + "/" + folders[folders.length - 2],
                    _ -> new ArrayList<>()).add(file);
        }
        return new Cached(ClassFolders.of(tree, List.copyOf(files.keySet()), files), budget);
    }
}
