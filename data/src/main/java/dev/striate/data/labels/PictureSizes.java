package dev.striate.data.labels;

import dev.striate.StriateException;
import dev.striate.data.files.FileTree;
import dev.striate.data.files.TreeFile;
import dev.striate.data.labels.Problem.Kind;
import dev.striate.data.picture.Pictures;
import dev.striate.graph.Size;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// The sizes of pictures by their headers, read side by side; a file that is no picture becomes a problem.
public final class PictureSizes {
    /// Enough for all but pictures with a thumbnail before their header.
    private static final int HEAD = 1 << 13;

    private final FileTree tree;
    private final Problems problems;
    private final Map<String, Optional<Size>> sizes = new ConcurrentHashMap<>();

    PictureSizes(FileTree tree, Collection<String> pictures, Problems problems) {
        this.tree = tree;
        this.problems = problems;
        pictures.parallelStream().distinct().forEach(picture -> sizes.put(picture, size(picture)));
        // In one order, whatever thread was first.
        pictures.stream().distinct().filter(picture -> sizes.get(picture).isEmpty()).sorted().forEach(this::complain);
    }

    /// The size of one of the pictures as it is seen; empty where it cannot be read, which is already a problem.
    Optional<Size> of(String picture) {
        return sizes.getOrDefault(picture, Optional.empty());
    }

    private Optional<Size> size(String picture) {
        try {
            return Optional.of(read(tree, picture));
        } catch (StriateException _) {
            return Optional.empty();
        }
    }

    /// The size of a picture as it is seen, upright, from the beginning of its file.
    public static Size size(TreeFile picture) {
        return read(picture.tree(), picture.path());
    }

    private static Size read(FileTree tree, String picture) {
        var head = tree.head(picture, HEAD);
        try {
            return Pictures.size(head, tree.name(picture));
        } catch (StriateException e) {
            if (head.length < HEAD) throw e;
            return Pictures.size(tree.read(picture), tree.name(picture));
        }
    }

    private void complain(String picture) {
        try {
            read(tree, picture);
        } catch (StriateException e) {
            problems.add(Kind.PICTURE, Place.file(tree.name(picture)),
                    "is labelled, but cannot be read: " + e.getMessage());
        }
    }
}
