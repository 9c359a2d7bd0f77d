package dev.striate.data.labels;

import dev.striate.StriateException;
import dev.striate.data.files.FileTree;
import dev.striate.data.labels.Problem.Kind;
import dev.striate.graph.Size;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Darknet's boxes: for each picture a text file in `labels/` where the picture is in `images/`, or beside it, whose lines
/// are a class's number and the box's centre, width and height as shares of the picture's. An empty file says that there
/// is nothing in the picture.
///
/// Lists of pictures are `train.txt`, `valid.txt` or `val.txt`, and `test.txt`, or those that a `*.data` file names; without
/// them folders called so part the set.
final class DarknetReader {
    private static final Set<String> LISTS = Set.of("train", "valid", "val", "test");
    /// So many label files are looked at to find out whether they are Darknet's.
    private static final int LOOKED_AT = 50;

    private final FileTree tree;
    private final Set<String> files;
    private final Problems problems = new Problems();
    private final PictureFinder finder;

    private DarknetReader(FileTree tree) {
        this.tree = tree;
        this.files = Set.copyOf(tree.files());
        this.finder = new PictureFinder(tree);
    }

    static boolean fits(FileTree tree) {
        if (tree.files().stream().noneMatch(file -> FileTree.ending(file).equals("txt"))) return false;
        var reader = new DarknetReader(tree);
        return reader.finder.all().stream().flatMap(picture -> reader.labels(picture).stream()).limit(LOOKED_AT)
                .anyMatch(file -> isLabels(tree, file));
    }

    private static boolean isLabels(FileTree tree, String file) {
        var lines = Texts.lines(tree, file);
        if (lines.isEmpty()) return false;
        var words = lines.getFirst().text().split("\\s+");
        return words.length == 5 && words[0].matches("\\d+") && !Double.isNaN(Texts.number(words[1]));
    }

    /// The label file of a picture.
    private Optional<String> labels(String picture) {
        var name = FileTree.stem(picture) + ".txt";
        var folder = FileTree.folder(picture);
        var parallel = ("/" + folder).replaceFirst("(?i)/(images|jpegimages)/", "/labels/").substring(1);
        return List.of(parallel + name, folder + name).stream().filter(files::contains).findFirst();
    }

    static Reading read(FileTree tree) {
        return new DarknetReader(tree).reading();
    }

    private Reading reading() {
        var listed = listed();
        var wanted = listed.isEmpty() ? labelledFolders() : listed;
        var sizes = new PictureSizes(tree, wanted.keySet(), problems);
        var names = names();
        var pictures = new ArrayList<RawPicture>();
        wanted.forEach((picture, role) -> {
            var labels = labels(picture);
            if (labels.isEmpty()) {
                problems.add(Kind.UNLABELLED, Place.file(tree.name(picture)),
                        "has no text file with its boxes; an empty "
                                + "one says that there is nothing in it");
            } else {
                sizes.of(picture).ifPresent(size -> pictures.add(new RawPicture(picture, role, Optional.empty(),
                        objects(labels.get(), size, names), Place.file(tree.name(labels.get())))));
            }
        });
        lonely();
        return new Assembly(Format.DARKNET, names.orElseGet(() -> numbers(pictures)), sizes, problems).of(pictures);
    }

    /// The names that the `*.data` file gives, else those of a names file, else none: then numbers are names.
    private Optional<List<String>> names() {
        return Optional.ofNullable(settings().get("names")).flatMap(this::file).map(file -> Names.read(tree, file))
                .or(() -> Names.find(tree));
    }

    private static List<String> numbers(List<RawPicture> pictures) {
        var most = pictures.stream().flatMap(picture -> picture.objects().stream())
                .mapToInt(object -> Integer.parseInt(object.label())).max().orElse(0);
        return IntStream.rangeClosed(0, most).mapToObj(Integer::toString).toList();
    }

    /// What the first `*.data` file says: `train = data/train.txt`.
    private Map<String, String> settings() {
        var settings = new HashMap<String, String>();
        tree.files().stream().filter(file -> FileTree.ending(file).equals("data")).findFirst()
                .ifPresent(file -> Texts.lines(tree, file).forEach(line -> {
                    var parts = line.text().split("=", 2);
                    if (parts.length == 2) settings.put(parts[0].strip(), parts[1].strip());
                }));
        return settings;
    }

    /// The file of this name, wherever it lay when the name was written.
    private Optional<String> file(String name) {
        var plain = name.replace('\\', '/');
        return tree.files().stream().filter(file -> ("/" + plain).endsWith("/" + file)
                || FileTree.stem(file).equals(FileTree.stem(plain))
                        && FileTree.ending(file).equals(FileTree.ending(plain)))
                .findFirst();
    }

    /// The pictures in lists, with their parts.
    private Map<String, Role> listed() {
        var lists = new TreeMap<String, Role>();
        var settings = settings();
        for (var key : LISTS) {
            Optional.ofNullable(settings.get(key)).flatMap(this::file)
                    .ifPresent(file -> lists.put(file, Role.named(key)));
        }
        if (lists.isEmpty()) tree.files().stream().filter(DarknetReader::isList)
                .forEach(file -> lists.put(file, Role.named(FileTree.stem(file))));
        var pictures = new TreeMap<String, Role>();
        lists.forEach((file, role) -> Texts.lines(tree, file).forEach(line -> {
            var picture = finder.named(line.text(), file, role);
            var place = Place.line(tree.name(file), line.number());
            if (picture.isEmpty()) {
                problems.add(Kind.PICTURE, place, "lists '" + line.text() + "', which is not there");
            } else if (pictures.putIfAbsent(picture.get(), role) != null) {
                problems.add(Kind.DUPLICATE, place, "lists '" + line.text() + "' a second time");
            }
        }));
        return pictures;
    }

    private static boolean isList(String file) {
        return FileTree.ending(file).equals("txt") && LISTS.contains(FileTree.stem(file).toLowerCase(Locale.ROOT))
                && !("/" + file).contains("/labels/");
    }

    /// All pictures in folders where at least one has labels.
    private Map<String, Role> labelledFolders() {
        var folders = finder.all().stream().filter(picture -> labels(picture).isPresent()).map(FileTree::folder)
                .collect(Collectors.toSet());
        var pictures = new TreeMap<String, Role>();
        finder.all().stream().filter(picture -> folders.contains(FileTree.folder(picture)))
                .forEach(picture -> pictures.put(picture, Role.ofFolder(picture)));
        return pictures;
    }

    /// Files in `labels/` whose pictures are not there.
    private void lonely() {
        var known = new TreeSet<String>();
        finder.all().forEach(picture -> labels(picture).ifPresent(known::add));
        for (var file : tree.files()) {
            if (FileTree.ending(file).equals("txt") && ("/" + file).contains("/labels/") && !known.contains(file)
                    && !Names.isNames(file)) {
                problems.add(Kind.PICTURE, Place.file(tree.name(file)), "labels a picture that is not there");
            }
        }
    }

    private List<RawObject> objects(String file, Size size, Optional<List<String>> names) {
        var objects = new ArrayList<RawObject>();
        try {
            for (var line : Texts.lines(tree, file)) {
                object(line.text(), size, names, Place.line(tree.name(file), line.number())).ifPresent(objects::add);
            }
        } catch (StriateException e) {
            problems.add(Kind.FILE, Place.file(tree.name(file)), "cannot be read: " + e.getMessage());
        }
        return objects;
    }

    private Optional<RawObject> object(String line, Size size, Optional<List<String>> names, Place place) {
        var words = line.split("\\s+");
        if (words.length != 5) {
            problems.add(Kind.NUMBER, place, "expects five numbers; received " + words.length + ": '" + shown(line)
                    + "'");
            return Optional.empty();
        }
        if (!words[0].matches("\\d{1,5}")) {
            problems.add(Kind.NUMBER, place, "expects the number of a class first; received '" + shown(words[0]) + "'");
            return Optional.empty();
        }
        var number = Integer.parseInt(words[0]);
        var label = names.filter(all -> number < all.size()).map(all -> all.get(number))
                .orElse(Integer.toString(number));
        var x = Texts.number(words[1]) * size.width();
        var y = Texts.number(words[2]) * size.height();
        var width = Texts.number(words[3]) * size.width();
        var height = Texts.number(words[4]) * size.height();
        return Optional.of(new RawObject(label, x - width / 2, y - height / 2, x + width / 2, y + height / 2, false,
                place));
    }

    private static String shown(String text) {
        return text.length() <= 40 ? text : text.substring(0, 40) + "…";
    }
}
