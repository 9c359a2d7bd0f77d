package dev.striate.data.labels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.striate.StriateException;
import dev.striate.box.Box;
import dev.striate.data.files.FileTree;
import dev.striate.data.picture.Picture;
import dev.striate.data.picture.Pictures;
import dev.striate.data.set.BadLabels;
import dev.striate.data.set.DataSet;
import dev.striate.data.set.DataSets;
import dev.striate.data.set.Splits;
import dev.striate.graph.Size;
import dev.striate.target.Target;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/// A folder with pictures and label files, as a test writes it, and what becomes of it.
record Given(Path root) {
    static Given in(Path folder) {
        return new Given(folder.resolve("set"));
    }

    /// A black picture.
    Given picture(String file, int width, int height) {
        Pictures.write(Picture.black(width, height, 3), made(file));
        return this;
    }

    /// A mask with these classes, row by row.
    Given mask(String file, int width, int height, int... classes) {
        var bytes = new byte[classes.length];
        for (var i = 0; i < bytes.length; i++) bytes[i] = (byte) classes[i];
        return bytes(file, MaskFiles.encode(new Target.Mask(new Size(height, width), bytes)));
    }

    Given text(String file, String... lines) {
        return bytes(file, String.join("\n", lines).getBytes(StandardCharsets.UTF_8));
    }

    Given bytes(String file, byte[] bytes) {
        try {
            Files.write(made(file), bytes);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path made(String file) {
        var path = root.resolve(file);
        try {
            Files.createDirectories(path.getParent());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return path;
    }

    Splits open() {
        return DataSets.open(root);
    }

    Splits skipping() {
        return DataSets.open(root, BadLabels.SKIP);
    }

    Reading reading() {
        var tree = FileTree.of(root);
        return LabelFiles.read(tree, LabelFiles.format(tree).orElseThrow());
    }

    /// The set is refused, and goes on without the label where that is the rule; `objects` are left in all.
    void thenOneProblem(Problem.Kind kind, int objects, String... parts) {
        assertThatThrownBy(this::open).isInstanceOf(StriateException.class).hasMessageContainingAll(parts);
        var reading = reading();
        assertThat(reading.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.kind()).isEqualTo(kind);
            assertThat(problem.toString()).contains(parts);
        });
        assertThat(reading.entries().stream().mapToInt(Given::objects).sum()).isEqualTo(objects);
    }

    private static int objects(Entry entry) {
        return entry.answer() instanceof Entry.Answer.Boxes(var objects) ? objects.boxes().size() : 1;
    }

    /// Each picture's boxes as "a.png class left top right bottom"; `?` marks difficult ones.
    List<String> boxes() {
        var reading = reading();
        return reading.entries().stream().map(entry -> Path.of(entry.picture()).getFileName()
                + (entry.answer() instanceof Entry.Answer.Boxes(var objects) ? said(objects, reading.classes()) : ""))
                .toList();
    }

    static List<String> boxes(DataSet set) {
        return IntStream.range(0, set.size()).mapToObj(i -> Path.of(set.name(i)).getFileName()
                + (set.target(i) instanceof Target.Objects objects ? said(objects, set.classes()) : "")).toList();
    }

    private static String said(Target.Objects objects, List<String> classes) {
        var text = new StringBuilder();
        for (var each : objects.boxes()) {
            text.append(' ').append(classes.get(each.label())).append(each.difficult() ? "?" : "")
                    .append(corners(each.box()));
        }
        return text.toString();
    }

    private static String corners(Box box) {
        return Arrays.stream(new double[] { box.left(), box.top(), box.right(), box.bottom() })
                .mapToObj(value -> " " + (value == Math.rint(value) ? String.valueOf((long) value)
                        : String.valueOf(Math.round(1000 * value) / 1000.0)))
                .reduce("", String::concat);
    }
}
