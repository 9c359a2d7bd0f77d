package dev.striate.data.labels;

import dev.striate.data.files.FileTree;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Finds the picture that a label file is about: of the same name but for its ending.
final class PictureFinder {
    private static final Set<String> PICTURES = Set.of("jpegimages", "images", "image", "pictures", "imgs", "data");
    private static final Set<String> LABELS = Set.of("annotations", "annotation", "labels", "label", "xml",
            "segmentationclass", "masks", "mask");
    /// Folders of PNGs that are no pictures.
    private static final Set<String> MASKS = Set.of("segmentationclass", "segmentationobject", "segmentationclassaug",
            "masks", "mask", "labels", "annotations");

    private final TreeSet<String> pictures;
    private final Map<String, List<String>> byStem = new HashMap<>();

    PictureFinder(FileTree tree) {
        pictures = tree.files().stream().filter(FileTree::isPicture).filter(file -> !isMask(file))
                .collect(Collectors.toCollection(TreeSet::new));
        for (var file : pictures) byStem.computeIfAbsent(FileTree.stem(file), _ -> new ArrayList<>()).add(file);
    }

    static boolean isMask(String file) {
        return file.endsWith(".png") && folders(file).stream().anyMatch(MASKS::contains);
    }

    Set<String> all() {
        return pictures;
    }

    boolean has(String picture) {
        return pictures.contains(picture);
    }

    /// The picture at the same place in the pictures' folder, else beside the file, else the only one of that name.
    Optional<String> of(String labels) {
        var same = byStem.getOrDefault(FileTree.stem(labels), List.of());
        return same.stream().min(Comparator.comparingInt((String each) -> rank(each, labels))
                .thenComparing(Comparator.naturalOrder()));
    }

    /// The picture with this name, written with more or fewer folders than there are here; of several one in the same
    /// part, nearest to the file that speaks of it.
    Optional<String> named(String name, String file, Role role) {
        var plain = name.replace('\\', '/').replaceFirst("^(\\.{0,2}/)+", "");
        var near = FileTree.folder(file) + plain;
        if (has(near)) return Optional.of(near);
        var same = byStem.getOrDefault(FileTree.stem(plain), List.of());
        for (var rest = "/" + plain; !rest.isEmpty(); rest = shorter(rest)) {
            var ending = rest;
            var found = same.stream().filter(each -> ("/" + each).endsWith(ending))
                    .min(Comparator.comparing((String each) -> Role.ofFolder(each) != role)
                            .thenComparing(each -> rank(each, file)).thenComparing(Comparator.naturalOrder()));
            if (found.isPresent()) return found;
        }
        return Optional.empty();
    }

    private static String shorter(String path) {
        var next = path.indexOf('/', 1);
        return next < 0 ? "" : path.substring(next);
    }

    /// 0 for the best.
    private static int rank(String picture, String labels) {
        var at = folders(picture);
        var wanted = folders(labels);
        if (at.size() == wanted.size() && fits(at, wanted)) return 0;
        if (at.equals(wanted)) return 1;
        return at.stream().anyMatch(PICTURES::contains) ? 2 : 3;
    }

    /// The same folders, but that of the pictures where the labels have theirs.
    private static boolean fits(List<String> at, List<String> wanted) {
        var swapped = 0;
        for (var i = 0; i < at.size(); i++) {
            if (at.get(i).equals(wanted.get(i))) continue;
            if (!LABELS.contains(wanted.get(i)) || !PICTURES.contains(at.get(i))) return false;
            swapped++;
        }
        return swapped == 1;
    }

    private static List<String> folders(String file) {
        return List.of(FileTree.folder(file).toLowerCase(Locale.ROOT).split("/"));
    }
}
