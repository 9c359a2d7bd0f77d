package dev.striate.data.labels;

import dev.striate.StriateException;
import dev.striate.files.FileErrors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/// The numbers by which COCO's tools know pictures and classes.
///
/// @param images the number of each picture's file
/// @param categories the number of each class, in the classes' order
public record CocoIds(Map<String, Long> images, List<Long> categories) {
    /// Classes from 1 in their order; a picture's number is its name where all names are numbers, as COCO's own are
    /// (`000000000139.jpg`), or else its place among these files from 1.
    public static CocoIds numbered(List<String> files, int classes) {
        var names = files.stream().map(CocoIds::stem).toList();
        var areNumbers = names.stream().allMatch(name -> name.matches("\\d{1,18}"))
                && new HashSet<>(names.stream().map(Long::parseLong).toList()).size() == files.size();
        var images = new HashMap<String, Long>();
        for (var i = 0; i < files.size(); i++) {
            images.put(files.get(i), areNumbers ? Long.parseLong(names.get(i)) : i + 1L);
        }
        return new CocoIds(images, LongStream.rangeClosed(1, classes).boxed().toList());
    }

    /// The numbers that a ground truth of COCO's gives to files and classes of these names; refuses names that it lacks.
    public static CocoIds of(Path truth, List<String> files, List<String> classes) {
        var content = read(truth);
        var numbers = new HashMap<String, String>();
        for (var image : content.images()) {
            numbers.putIfAbsent(name(image.file()), image.id());
        }
        for (var image : content.images()) numbers.put(image.file(), image.id());
        var images = new HashMap<String, Long>();
        for (var file : files) {
            var known = numbers.containsKey(file) ? numbers.get(file) : numbers.get(name(file));
            images.put(file, number(truth, "picture", file, known));
        }
        var categories = new HashMap<String, String>();
        for (var each : content.categories()) categories.put(each.name(), each.id());
        return new CocoIds(images, classes.stream().map(each -> number(truth, "class", each, categories.get(each)))
                .toList());
    }

    private static CocoJson.Content read(Path truth) {
        try (var bytes = Files.newInputStream(truth)) {
            return CocoJson.read(truth.toString(), bytes);
        } catch (JacksonException e) {
            throw StriateException.file("A ground truth of COCO's was expected; " + truth + " is none: "
                    + e.getOriginalMessage() + ".", e);
        } catch (IOException e) {
            throw StriateException.file("A ground truth of COCO's was expected in " + truth + "; it cannot be read: "
                    + FileErrors.whyNotRead(truth, e) + ".", e);
        }
    }

    private static long number(Path truth, String what, String name, @Nullable String id) {
        if (id != null && id.matches("\\d{1,18}")) return Long.parseLong(id);
        throw StriateException.file("A number for the " + what + " '" + name + "' was expected in " + truth + "; "
                + (id == null ? "it is not named there." : "it has '" + id + "'."));
    }

    private static String name(String file) {
        return file.substring(file.lastIndexOf('/') + 1);
    }

    private static String stem(String file) {
        return name(file).replaceFirst("\\.[^.]*$", "");
    }
}
