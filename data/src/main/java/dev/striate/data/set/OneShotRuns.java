package dev.striate.data.set;

import dev.striate.StriateException;
import dev.striate.data.files.FileTree;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// Omniglot's one-shot runs (Lake et al. 2015): in each, pictures are to be recognised by one example of each class.
public record OneShotRuns(List<Run> runs) {
    private static final String ANSWERS = "class_labels.txt";

    /// Pictures and the examples they are recognised by, of the same classes.
    public record Run(DataSet candidates, DataSet tests) {}

    public OneShotRuns {
        runs = List.copyOf(runs);
    }

    /// Reads a folder or a zip of runs, each a folder with `class_labels.txt`, whose lines name a test picture and the
    /// candidate of its class: `run01/test/item01.png run01/training/class08.png`.
    public static OneShotRuns read(Path place) {
        var tree = FileTree.of(place);
        var answers = tree.files().stream()
                .filter(file -> file.endsWith("/" + ANSWERS) && !FileTree.isHidden(file)).toList();
        if (answers.isEmpty()) {
            throw StriateException
                    .file("One-shot runs with a " + ANSWERS + " each were expected; " + place + " holds none.");
        }
        return new OneShotRuns(answers.stream().map(file -> run(tree, file)).toList());
    }

    private static Run run(FileTree tree, String file) {
        var folder = FileTree.folder(file);
        var top = folder.substring(0, folder.substring(0, folder.length() - 1).lastIndexOf('/') + 1);
        var examples = tree.files().stream().filter(path -> path.startsWith(folder + "training/")).toList();
        var classes = examples.stream().map(FileTree::stem).toList();
        var tests = new ArrayList<ClassFolders.Labelled>();
        var lines = new String(tree.read(file), StandardCharsets.UTF_8).lines().toList();
        for (var i = 0; i < lines.size(); i++) {
            var words = lines.get(i).strip().split("\\s+");
            if (lines.get(i).isBlank()) continue;
            var label = words.length == 2 ? examples.indexOf(top + words[1]) : -1;
            if (label < 0 || !tree.files().contains(top + words[0])) {
                throw StriateException
                        .file("A test picture and the candidate of its class were expected in line " + (i + 1)
                                + " of " + tree.name(file) + "; received '" + lines.get(i) + "'.");
            }
            tests.add(new ClassFolders.Labelled(top + words[0], label));
        }
        var candidates = IntStream.range(0, examples.size())
                .mapToObj(label -> new ClassFolders.Labelled(examples.get(label), label)).toList();
        return new Run(new ClassFolders(tree, classes, candidates), new ClassFolders(tree, classes, tests));
    }
}
