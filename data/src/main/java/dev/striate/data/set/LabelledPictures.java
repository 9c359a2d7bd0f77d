package dev.striate.data.set;

import dev.striate.data.files.FileTree;
import dev.striate.data.files.TreeFile;
import dev.striate.data.labels.Entry;
import dev.striate.data.labels.Entry.Answer;
import dev.striate.data.labels.MaskFiles;
import dev.striate.data.picture.Picture;
import dev.striate.data.picture.Pictures;
import dev.striate.target.Target;
import java.util.List;
import java.util.Optional;

/// Picture files with boxes or masks from label files.
record LabelledPictures(FileTree tree, List<String> classes, List<Entry> entries) implements DataSet {
    @Override
    public int size() {
        return entries.size();
    }

    @Override
    public Target target(int index) {
        return switch (entries.get(index).answer()) {
            case Answer.Boxes(var objects) -> objects;
            case Answer.InFile(var mask) ->
                Targets.known(MaskFiles.read(tree.read(mask), tree.name(mask)), classes.size());
        };
    }

    @Override
    public String name(int index) {
        return tree.name(entries.get(index).picture());
    }

    @Override
    public Picture picture(int index) {
        return Pictures.decode(tree.read(entries.get(index).picture()), name(index));
    }

    @Override
    public Optional<TreeFile> file(int index) {
        return Optional.of(new TreeFile(tree, entries.get(index).picture()));
    }

    @Override
    public Optional<String> damage(int index) {
        return Pictures.damage(tree.read(entries.get(index).picture()), name(index));
    }
}
