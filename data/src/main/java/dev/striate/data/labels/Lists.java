package dev.striate.data.labels;

import dev.striate.data.files.FileTree;
import dev.striate.data.labels.Problem.Kind;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// The lists of pictures that PASCAL VOC keeps in `ImageSets/Main` and `ImageSets/Segmentation`: a name in each line.
final class Lists {
    /// A name in a list.
    record Listed(Role role, Place place) {}

    private Lists() {}

    /// Each name with its part and place, sorted; empty where there are no lists in that folder. `trainval` counts where there is
    /// no `train`. A name that is there a second time is a problem.
    static Map<String, Listed> read(FileTree tree, String folder, Problems problems) {
        var files = new HashMap<String, String>();
        for (var file : tree.files()) {
            if (("/" + file).toLowerCase(Locale.ROOT).contains("/imagesets/" + folder + "/") && file.endsWith(".txt")) {
                files.put(FileTree.stem(file).toLowerCase(Locale.ROOT), file);
            }
        }
        var names = new TreeMap<String, Listed>();
        for (var list : List.of("train", files.containsKey("train") ? "" : "trainval", "val", "test")) {
            var file = files.get(list);
            if (file != null)
                read(tree, file, list.equals("trainval") ? Role.TRAIN : Role.named(list), names, problems);
        }
        return names;
    }

    private static void read(FileTree tree, String file, Role role, Map<String, Listed> names, Problems problems) {
        for (var line : Texts.lines(tree, file)) {
            var name = line.text().split("\\s+")[0];
            var place = Place.line(tree.name(file), line.number());
            var before = names.putIfAbsent(name, new Listed(role, place));
            if (before != null) {
                problems.add(Kind.DUPLICATE, place, "lists '" + name + "' a second time, after "
                        + before.place().toString().replaceFirst(",$", ""));
            }
        }
    }
}
