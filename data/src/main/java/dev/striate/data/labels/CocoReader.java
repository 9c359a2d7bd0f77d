package dev.striate.data.labels;

import dev.striate.data.files.FileTree;
import dev.striate.data.labels.Problem.Kind;
import dev.striate.graph.Size;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// COCO's boxes: `annotations/instances_train2017.json` and its like, whose names, or whose folders' names, say which part
/// they are of. Categories are known by their names, so that parts may number them as they like. Outlines are not read.
final class CocoReader {
    private static final Pattern NAMED = Pattern.compile("(instances.*|.*coco.*|annotations?)");
    private static final Pattern OTHERS = Pattern.compile("(captions|panoptic|person_keypoints|stuff|image_info).*");
    private static final Pattern FIRST_KEY = Pattern.compile(
            "\\s*\\{\\s*\"(info|licenses|images|annotations|categories)\"\\s*:[\\s\\S]*");
    private static final int HEAD = 1024;

    private final FileTree tree;
    private final Problems problems = new Problems();
    private final PictureFinder finder;
    private final List<RawPicture> pictures = new ArrayList<>();
    private final TreeSet<String> names = new TreeSet<>();

    private CocoReader(FileTree tree) {
        this.tree = tree;
        this.finder = new PictureFinder(tree);
    }

    static boolean fits(FileTree tree) {
        return !files(tree).isEmpty();
    }

    /// Those with instances where there are such; else all that look like COCO's.
    private static List<String> files(FileTree tree) {
        var all = tree.files().stream().filter(file -> FileTree.ending(file).equals("json"))
                .filter(file -> looksRight(tree, file)).toList();
        var instances = all.stream().filter(file -> FileTree.stem(file).startsWith("instances")).toList();
        return instances.isEmpty() ? all : instances;
    }

    private static boolean looksRight(FileTree tree, String file) {
        var stem = FileTree.stem(file).toLowerCase(Locale.ROOT);
        if (OTHERS.matcher(stem).matches()) return false;
        return NAMED.matcher(stem).matches()
                || FIRST_KEY.matcher(new String(tree.head(file, HEAD), StandardCharsets.UTF_8)).matches();
    }

    static Reading read(FileTree tree) {
        var reader = new CocoReader(tree);
        files(tree).forEach(reader::file);
        var sizes = new PictureSizes(tree, reader.pictures.stream().map(RawPicture::picture).toList(),
                reader.problems);
        var classes = Names.find(tree).orElseGet(() -> List.copyOf(reader.names));
        return new Assembly(Format.COCO, classes, sizes, reader.problems).of(reader.pictures);
    }

    private void file(String file) {
        var content = CocoJson.read(tree, file, problems);
        var categories = categories(content);
        var images = images(content);
        var objects = objects(content, images.keySet(), categories);
        var role = role(file);
        for (var image : images.values()) {
            var picture = image.file().isEmpty() ? Optional.<String>empty() : finder.named(image.file(), file, role);
            if (picture.isEmpty()) {
                problems.add(Kind.PICTURE, image.place(), "is of the picture '" + image.file()
                        + "', which is not there");
                continue;
            }
            pictures.add(new RawPicture(picture.get(), role, size(image),
                    objects.getOrDefault(image.id(), List.of()), image.place()));
        }
    }

    /// The name of each category by its number in this file.
    private Map<String, String> categories(CocoJson.Content content) {
        var found = new HashMap<String, String>();
        for (var category : content.categories()) {
            if (category.name().isBlank()) {
                problems.add(Kind.CLASS, category.place(), "has no name");
            } else if (found.putIfAbsent(category.id(), category.name()) != null) {
                problems.add(Kind.CLASS, category.place(), "'" + category.name() + "' has the number " + category.id()
                        + " of another");
            } else {
                names.add(category.name());
            }
        }
        return found;
    }

    private Map<String, CocoJson.Image> images(CocoJson.Content content) {
        var found = new LinkedHashMap<String, CocoJson.Image>();
        for (var image : content.images()) {
            if (found.putIfAbsent(image.id(), image) != null) {
                problems.add(Kind.DUPLICATE, image.place(), "has the number " + image.id() + " of another");
            }
        }
        return found;
    }

    private Map<String, List<RawObject>> objects(CocoJson.Content content, Set<String> images,
            Map<String, String> categories) {
        var found = new HashMap<String, List<RawObject>>();
        for (var each : content.annotations()) {
            var category = categories.get(each.category());
            if (!images.contains(each.image())) {
                problems.add(Kind.PICTURE, each.place(), "belongs to the image '" + each.image()
                        + "', which is not listed");
            } else if (category == null) {
                problems.add(Kind.CLASS, each.place(), "is of the category '" + each.category()
                        + "', which is not listed");
            } else if (each.box().length != 4) {
                problems.add(Kind.NUMBER, each.place(), "expects four numbers as its box; received "
                        + each.box().length);
            } else {
                found.computeIfAbsent(each.image(), _ -> new ArrayList<>()).add(object(each, category));
            }
        }
        return found;
    }

    private static RawObject object(CocoJson.Annotation each, String category) {
        var box = each.box();
        return new RawObject(category, box[0], box[1], box[0] + box[2], box[1] + box[3], each.isCrowd(), each.place());
    }

    private static Optional<Size> size(CocoJson.Image image) {
        return image.width() >= 1 && image.height() >= 1
                ? Optional.of(new Size((int) image.height(), (int) image.width()))
                : Optional.empty();
    }

    /// By a word in the file's name, else by its folders.
    private static Role role(String file) {
        for (var word : FileTree.stem(file).split("[^A-Za-z0-9]+")) {
            if (Role.named(word) != Role.UNDIVIDED) return Role.named(word);
        }
        return Role.ofFolder(file);
    }
}
