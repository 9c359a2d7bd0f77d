package dev.striate.darknet;

import dev.striate.tree.WordTree;
import dev.striate.yolo.RegionHead;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The tree of class names that an output layer of a `.cfg` names: its parents become settings of the layer, so that the
/// network stands alone.
final class Trees {
    private static final Set<String> CAN_HAVE_ONE = Set.of("region", "softmax", "soft");

    private Trees() {}

    /// The tree of the last of these sections that has one; a file is looked for where Darknet's own networks keep it.
    static Optional<WordTree> read(List<Section> sections, Path cfg) {
        var found = Optional.<WordTree>empty();
        for (var section : sections) {
            if (!CAN_HAVE_ONE.contains(section.name()) || !section.has(RegionHead.TREE_FILE)
                    || section.has(RegionHead.TREE)) {
                continue;
            }
            var name = section.text(RegionHead.TREE_FILE, "");
            var file = places(name, cfg).stream().filter(Files::isRegularFile).findFirst()
                    .orElseThrow(
                            () -> section.expected(RegionHead.TREE_FILE, "a file of class names and their parents, "
                                    + "below the folder of the .cfg, the one above or the working folder,"));
            var words = WordTree.read(file);
            section.add(RegionHead.TREE, words.tree().text(), RegionHead.TREE_FILE);
            found = Optional.of(words);
        }
        return found;
    }

    /// Darknet's paths begin where it is run: in the folder above that of the networks.
    private static List<Path> places(String name, Path cfg) {
        var places = new ArrayList<Path>();
        var own = cfg.toAbsolutePath().getParent();
        var above = own.getParent() == null ? own : own.getParent();
        for (var folder : List.of(own, above, Path.of(""))) places.add(folder.resolve(name));
        var plain = Path.of(name).getFileName();
        if (plain != null) for (var folder : List.of(own, above)) places.add(folder.resolve(plain));
        return places;
    }
}
