package dev.striate.data.labels;

import dev.striate.StriateException;
import dev.striate.data.files.FileTree;
import dev.striate.data.labels.Entry.Answer;
import dev.striate.data.labels.Problem.Kind;
import dev.striate.graph.Size;
import dev.striate.target.Target.Mask;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Masks of classes: `SegmentationClass/*.png` with `JPEGImages/` and lists in `ImageSets/Segmentation`, as PASCAL VOC has
/// them; or `masks/`, `labels/` or `annotations/` beside `images/`. Each mask is looked through once when the set is opened.
final class MaskReader {
    private static final List<String> VOC = List.of("background", "aeroplane", "bicycle", "bird", "boat", "bottle",
            "bus", "car", "cat", "chair", "cow", "diningtable", "dog", "horse", "motorbike", "person", "pottedplant",
            "sheep", "sofa", "train", "tvmonitor");

    private final FileTree tree;
    private final Problems problems = new Problems();
    private final PictureFinder finder;
    private final Map<String, Lists.Listed> listed;

    private MaskReader(FileTree tree) {
        this.tree = tree;
        this.finder = new PictureFinder(tree);
        this.listed = Lists.read(tree, "segmentation", problems);
    }

    /// Whether there are masks, and pictures to them.
    static boolean fits(FileTree tree) {
        var masks = masks(tree);
        if (masks.isEmpty()) return false;
        var finder = new PictureFinder(tree);
        return masks.stream().anyMatch(mask -> finder.of(mask).isPresent());
    }

    private static List<String> masks(FileTree tree) {
        return tree.files().stream().filter(PictureFinder::isMask)
                .filter(file -> !("/" + file).contains("/SegmentationObject/")).toList();
    }

    /// What a look at a mask has shown: the first pixel of each number, −1 where it has none; or why there is nothing to
    /// see.
    private record Look(String mask, Size size, int[] firsts, String trouble) {}

    static Reading read(FileTree tree) {
        return new MaskReader(tree).reading();
    }

    private Reading reading() {
        var pictures = pictures();
        var sizes = new PictureSizes(tree, pictures.values(), problems);
        // In the order of the files, whichever thread looks at one.
        var looks = List.copyOf(pictures.keySet()).parallelStream().map(this::look).toList();
        var names = Names.find(tree).or(this::voc).orElseGet(() -> numbers(looks));
        var entries = new ArrayList<Entry>();
        for (var look : looks) {
            var picture = pictures.get(look.mask());
            sizes.of(picture).filter(size -> isSound(look, picture, size)).ifPresent(size -> {
                complain(look, names.size());
                entries.add(new Entry(picture, size, role(look.mask()), new Answer.InFile(look.mask())));
            });
        }
        return new Reading(Format.MASKS, names, entries, problems.list());
    }

    /// The picture of each mask.
    private SortedMap<String, String> pictures() {
        var pictures = new TreeMap<String, String>();
        for (var mask : masks(tree)) {
            if (!listed.isEmpty() && !listed.containsKey(FileTree.stem(mask))) continue;
            finder.of(mask).ifPresentOrElse(picture -> pictures.put(mask, picture), () -> problems.add(Kind.PICTURE,
                    Place.file(tree.name(mask)), "is the mask of a picture that is not there"));
        }
        if (listed.isEmpty()) unmasked(pictures.values());
        var stems = pictures.keySet().stream().map(FileTree::stem).collect(Collectors.toSet());
        listed.forEach((name, entry) -> {
            if (!stems.contains(name)) {
                problems.add(Kind.UNLABELLED, entry.place(), "lists '" + name + "', which has no mask and picture");
            }
        });
        return pictures;
    }

    /// Pictures in the masked ones' folders; PASCAL VOC keeps all of its own in one, most of them without masks.
    private void unmasked(Collection<String> masked) {
        var known = Set.copyOf(masked);
        var folders = masked.stream().map(FileTree::folder).filter(folder -> !folder.endsWith("JPEGImages/"))
                .collect(Collectors.toSet());
        finder.all().stream().filter(picture -> folders.contains(FileTree.folder(picture)) && !known.contains(picture))
                .forEach(picture -> problems.add(Kind.UNLABELLED, Place.file(tree.name(picture)), "has no mask"));
    }

    private Look look(String file) {
        var firsts = new int[Mask.IGNORED + 1];
        Arrays.fill(firsts, -1);
        try {
            var mask = MaskFiles.read(Texts.bytes(tree, file), tree.name(file));
            for (var i = mask.classes().length - 1; i >= 0; i--) firsts[Byte.toUnsignedInt(mask.classes()[i])] = i;
            return new Look(file, mask.size(), firsts, "");
        } catch (StriateException e) {
            return new Look(file, Size.ZERO, firsts, String.valueOf(e.getMessage()));
        }
    }

    private boolean isSound(Look look, String picture, Size size) {
        if (!look.trouble().isEmpty()) {
            problems.add(Kind.FILE, Place.file(tree.name(look.mask())), "is no mask: " + look.trouble());
        } else if (!look.size().equals(size)) {
            problems.add(Kind.SIZE, Place.file(tree.name(look.mask())), "is a mask of " + Assembly.text(look.size())
                    + "; " + picture + " is " + Assembly.text(size));
        } else {
            return true;
        }
        return false;
    }

    /// Numbers without a name; where they are let pass they count for nothing.
    private void complain(Look look, int classes) {
        for (var number = classes; number < Mask.IGNORED; number++) {
            var first = look.firsts()[number];
            if (first < 0) continue;
            problems.add(Kind.CLASS,
                    Place.file(tree.name(look.mask()) + ", pixel (" + first % look.size().width() + ", "
                            + first / look.size().width() + "),"),
                    "is of class " + number + "; " + classes
                            + " classes are named");
        }
    }

    private Role role(String mask) {
        var entry = listed.get(FileTree.stem(mask));
        return entry == null ? Role.ofFolder(mask) : entry.role();
    }

    private Optional<List<String>> voc() {
        return tree.files().stream().anyMatch(file -> ("/" + file).contains("/SegmentationClass/")) ? Optional.of(VOC)
                : Optional.empty();
    }

    private static List<String> numbers(List<Look> looks) {
        var most = looks.stream().mapToInt(look -> IntStream.range(0, Mask.IGNORED)
                .filter(number -> look.firsts()[number] >= 0).max().orElse(0)).max().orElse(0);
        return IntStream.rangeClosed(0, most).mapToObj(Integer::toString).toList();
    }
}
