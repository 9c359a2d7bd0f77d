package dev.striate.data.set;

import dev.striate.StriateException;
import dev.striate.data.files.FileTree;
import dev.striate.data.files.TreeFile;
import dev.striate.data.picture.Picture;
import dev.striate.data.picture.Pictures;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/// Picture files in a folder for each class, taken by turns: the first file of every class, then the second of each.
record ClassFolders(FileTree tree, List<String> classes, List<Labelled> pictures) implements Classified {
    record Labelled(String file, int label) {}

    /// A set of the files of each class; `classes` says which label a class has.
    static ClassFolders of(FileTree tree, List<String> classes, SortedMap<String, List<String>> files) {
        for (var name : files.keySet()) {
            if (!classes.contains(name)) {
                throw StriateException.file("Classes of the training part were expected; "
                        + tree.name(files.get(name).getFirst()) + " is of the class " + name
                        + ", which training does not have.");
            }
        }
        var pictures = new ArrayList<Labelled>();
        var longest = files.values().stream().mapToInt(List::size).max().orElse(0);
        for (var turn = 0; turn < longest; turn++) {
            for (var label = 0; label < classes.size(); label++) {
                var members = files.getOrDefault(classes.get(label), List.of());
                if (turn < members.size()) pictures.add(new Labelled(members.get(turn), label));
            }
        }
        return new ClassFolders(tree, classes, pictures);
    }

    @Override
    public int size() {
        return pictures.size();
    }

    @Override
    public int label(int index) {
        return pictures.get(index).label();
    }

    @Override
    public String name(int index) {
        return tree.name(pictures.get(index).file());
    }

    @Override
    public Picture picture(int index) {
        return Pictures.decode(tree.read(pictures.get(index).file()), name(index));
    }

    @Override
    public Optional<TreeFile> file(int index) {
        return Optional.of(new TreeFile(tree, pictures.get(index).file()));
    }

    @Override
    public Optional<String> damage(int index) {
        return Pictures.damage(tree.read(pictures.get(index).file()), name(index));
    }
}
