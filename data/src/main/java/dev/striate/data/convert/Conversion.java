package dev.striate.data.convert;

import dev.striate.StriateException;
import dev.striate.data.files.TreeFile;
import dev.striate.data.labels.Format;
import dev.striate.data.labels.LabelWriter;
import dev.striate.data.labels.Role;
import dev.striate.data.labels.Written;
import dev.striate.data.picture.Pictures;
import dev.striate.data.set.DataSet;
import dev.striate.data.set.Splits;
import dev.striate.graph.Size;
import dev.striate.target.Target;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// Writes a set with its parts in one of the label formats. The folder appears when it is whole, or not at all.
public final class Conversion {
    private final Format format;
    private final PictureCopies files;
    private final Path folder;
    private final List<Written> written = new ArrayList<>();
    private final Set<String> stems = new HashSet<>();

    /// What was written. Darknet's format has no mark for difficult objects: `unmarked` is how many lost theirs.
    public record Outcome(String folder, String format, int pictures, long objects, long unmarked) {}

    private Conversion(Format format, PictureCopies files, Path folder) {
        this.format = format;
        this.files = files;
        this.folder = folder;
    }

    /// Writes all parts below `out`, which must not exist; refuses boxes as masks, masks as boxes, and classes as either.
    public static Outcome write(Splits splits, Path out, Format format, PictureCopies files) {
        if (Files.exists(out)) {
            throw new StriateException("A folder that does not exist yet was expected for the labels; " + out
                    + " exists.");
        }
        var beside = out.toAbsolutePath().normalize().resolveSibling(out.getFileName() + "." + UUID.randomUUID()
                + ".part");
        try {
            Files.createDirectories(beside);
            var outcome = new Conversion(format, files, beside).all(splits, out);
            Files.move(beside, out, StandardCopyOption.ATOMIC_MOVE);
            return outcome;
        } catch (IOException e) {
            throw new StriateException("The labels could not be written to " + out + ": " + e + ".", e);
        } finally {
            remove(beside);
        }
    }

    private Outcome all(Splits splits, Path out) throws IOException {
        part(Role.TRAIN, splits.train());
        if (splits.validation().isPresent()) part(Role.VALIDATION, splits.validation().get());
        part(Role.TEST, splits.test());
        LabelWriter.write(format, folder, splits.train().classes(), written);
        var boxes = written.stream().flatMap(each -> boxes(each.target()).stream()).toList();
        var unmarked = format == Format.DARKNET ? boxes.stream().filter(Target.LabelledBox::difficult).count() : 0;
        return new Outcome(out.toString(), format.label(), written.size(), boxes.size(), unmarked);
    }

    private static List<Target.LabelledBox> boxes(Target target) {
        return target instanceof Target.Objects(var boxes, _) ? boxes : List.of();
    }

    private void part(Role role, DataSet set) throws IOException {
        for (var i = 0; i < set.size(); i++) {
            var file = set.file(i);
            var name = unique(file.map(TreeFile::name).orElse(String.format("%s-%06d.png", role.label(), i)), role, i);
            var place = folder.resolve(LabelWriter.place(format, role, name));
            Files.createDirectories(place.getParent());
            written.add(new Written(role, name, picture(set, i, file, place), set.target(i)));
        }
    }

    /// Formats know pictures by their names without folders and endings.
    private String unique(String name, Role role, int index) {
        var stem = name.replaceFirst("\\.[^.]*$", "");
        return stems.add(stem) ? name : unique(role.label() + "-" + index + "-" + name, role, index);
    }

    /// Writes a picture, and gives its size.
    private Size picture(DataSet set, int index, Optional<TreeFile> file, Path place) throws IOException {
        if (file.isEmpty()) {
            var picture = set.picture(index);
            if (files != PictureCopies.NONE) Files.write(place, Pictures.encode(picture, ".png"));
            return picture.size();
        }
        var bytes = file.get().read();
        switch (files) {
            case COPY -> Files.write(place, bytes);
            case LINK -> Files.createSymbolicLink(place, file.get().place().orElseThrow(() -> new StriateException(
                    "Pictures in files of their own were expected for links to them; " + set.name(index)
                            + " lies in a zip."))
                    .toAbsolutePath());
            case NONE -> {
            }
        }
        return Pictures.size(bytes, set.name(index));
    }

    private static void remove(Path folder) {
        if (!Files.exists(folder)) return;
        try (var walk = Files.walk(folder)) {
            for (var path : walk.sorted(Comparator.reverseOrder()).toList()) Files.delete(path);
        } catch (IOException e) {
            throw new StriateException(folder + " is left of a failed conversion and could not be removed: " + e + ".",
                    e);
        }
    }
}
