package dev.striate.data.labels;

import dev.striate.StriateException;
import dev.striate.data.files.FileTree;
import dev.striate.data.labels.Problem.Kind;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/// PASCAL VOC's boxes: `Annotations/*.xml`, `JPEGImages/`, and lists in `ImageSets/Main`; or XML files beside their
/// pictures or in any folder, with parts by folders called `train`, `val` or `test`.
final class VocReader {
    private final FileTree tree;
    private final Problems problems = new Problems();
    private final PictureFinder finder;
    private final Map<String, Lists.Listed> listed;

    private VocReader(FileTree tree) {
        this.tree = tree;
        this.finder = new PictureFinder(tree);
        this.listed = Lists.read(tree, "main", problems);
    }

    /// Whether one of the first XML files is, or was to be, an annotation.
    static boolean fits(FileTree tree) {
        return xml(tree).stream().limit(20).anyMatch(file -> {
            var head = new String(tree.head(file, 4096), StandardCharsets.UTF_8);
            return head.isBlank() || head.contains("<annotation") || head.contains("<!DOCTYPE");
        });
    }

    private static List<String> xml(FileTree tree) {
        return tree.files().stream().filter(file -> FileTree.ending(file).equals("xml")).toList();
    }

    static Reading read(FileTree tree) {
        return new VocReader(tree).reading();
    }

    private Reading reading() {
        var files = xml(tree).stream().filter(file -> listed.isEmpty() || listed.containsKey(FileTree.stem(file)))
                .toList();
        // In the order of the files, whichever thread reads one.
        var parsed = files.parallelStream().map(this::parsed).toList();
        var pictures = new ArrayList<RawPicture>();
        for (var i = 0; i < files.size(); i++) picture(files.get(i), parsed.get(i)).ifPresent(pictures::add);
        missing(files);
        var classes = Names.find(tree).orElseGet(() -> names(pictures));
        var sizes = new PictureSizes(tree, pictures.stream().map(RawPicture::picture).toList(), problems);
        return new Assembly(Format.VOC, classes, sizes, problems).of(pictures);
    }

    private sealed interface Parsed {
        record Fine(VocXml.Content content) implements Parsed {}

        record Broken(int line, String what) implements Parsed {}
    }

    private Parsed parsed(String file) {
        try {
            return new Parsed.Fine(VocXml.read(Texts.bytes(tree, file)));
        } catch (VocXml.Unreadable e) {
            return new Parsed.Broken(e.line(), String.valueOf(e.getMessage()));
        } catch (StriateException e) {
            return new Parsed.Broken(1, "cannot be read: " + e.getMessage());
        }
    }

    private Optional<RawPicture> picture(String file, Parsed parsed) {
        return switch (parsed) {
            case Parsed.Broken(var line, var what) -> {
                problems.add(Kind.FILE, place(file, line), what);
                yield Optional.empty();
            }
            case Parsed.Fine(var content) -> {
                var picture = finder.of(file)
                        .or(() -> content.filename().flatMap(name -> finder.named(name, file, role(file))));
                if (picture.isEmpty()) {
                    problems.add(Kind.PICTURE, Place.file(tree.name(file)), "labels a picture that is not there"
                            + content.filename().map(name -> ": " + name).orElse(""));
                }
                yield picture.map(found -> new RawPicture(found, role(file), content.size(), objects(file, content),
                        Place.file(tree.name(file))));
            }
        };
    }

    private Role role(String file) {
        var entry = listed.get(FileTree.stem(file));
        return entry == null ? Role.ofFolder(file) : entry.role();
    }

    private List<RawObject> objects(String file, VocXml.Content content) {
        var objects = new ArrayList<RawObject>();
        for (var element : content.objects()) {
            object(element, place(file, element.line())).ifPresent(objects::add);
        }
        return objects;
    }

    /// Both ends of VOC's boxes are inside, and its first pixel is 1: ours go from edge to edge.
    private Optional<RawObject> object(VocXml.Element element, Place place) {
        var corners = new double[4];
        var names = List.of("xmin", "ymin", "xmax", "ymax");
        for (var i = 0; i < corners.length; i++) {
            var text = element.value(VocXml.ofBox(names.get(i))).orElse("");
            corners[i] = Texts.number(text);
            if (!Double.isFinite(corners[i])) {
                problems.add(Kind.NUMBER, place, "has no number as " + names.get(i) + ": '" + text + "'");
                return Optional.empty();
            }
        }
        var name = element.value(VocXml.ofObject("name")).orElse("");
        if (name.isEmpty()) {
            problems.add(Kind.CLASS, place, "has an object without a name");
            return Optional.empty();
        }
        var difficult = element.value(VocXml.ofObject("difficult")).orElse("0").equals("1");
        return Optional
                .of(new RawObject(name, corners[0] - 1, corners[1] - 1, corners[2], corners[3], difficult, place));
    }

    /// Names in the lists without a file.
    private void missing(List<String> files) {
        var there = new TreeSet<String>();
        for (var file : files) there.add(FileTree.stem(file));
        listed.forEach((name, entry) -> {
            if (!there.contains(name)) {
                problems.add(Kind.UNLABELLED, entry.place(), "lists '" + name + "', which has no XML file");
            }
        });
    }

    private static List<String> names(List<RawPicture> pictures) {
        var names = new TreeSet<String>();
        for (var picture : pictures) picture.objects().forEach(object -> names.add(object.label()));
        return List.copyOf(names);
    }

    private Place place(String file, int line) {
        return Place.line(tree.name(file), line);
    }
}
