package dev.striate.data.labels;

import dev.striate.box.Box;
import dev.striate.graph.Size;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Writes PASCAL VOC's XML files and lists. Other programs read whole pixels there, from 1, both ends inside.
final class VocWriter {
    private VocWriter() {}

    static void write(Path folder, List<String> classes, List<Written> pictures) throws IOException {
        for (var picture : pictures) {
            LabelWriter.text(folder.resolve("Annotations").resolve(LabelWriter.stem(picture) + ".xml"),
                    annotation(classes, picture));
        }
        LabelWriter.lists(folder.resolve("ImageSets").resolve("Main"), pictures);
        LabelWriter.text(folder.resolve("classes.txt"), classes);
    }

    private static List<String> annotation(List<String> classes, Written picture) {
        return annotation(picture.file(), picture.size(), LabelWriter.boxes(picture).stream()
                .map(object -> object(classes.get(object.label()), object.difficult(), object.box(), picture.size(),
                        ""))
                .toList());
    }

    /// The lines of a picture's file.
    static List<String> annotation(String file, Size size, List<String> objects) {
        var lines = new ArrayList<String>();
        lines.add("<annotation>");
        lines.add("  <folder>JPEGImages</folder>");
        lines.add("  <filename>" + escaped(file) + "</filename>");
        lines.add("  <size><width>" + size.width() + "</width><height>" + size.height()
                + "</height><depth>3</depth></size>");
        lines.add("  <segmented>0</segmented>");
        lines.addAll(objects);
        lines.add("</annotation>");
        return lines;
    }

    /// The element of an object; `more` are further elements of it.
    static String object(String name, boolean difficult, Box box, Size size, String more) {
        var left = Math.clamp(Math.round(box.left()) + 1, 1, size.width());
        var top = Math.clamp(Math.round(box.top()) + 1, 1, size.height());
        return "  <object>\n    <name>" + escaped(name) + "</name>\n    <difficult>" + (difficult ? 1 : 0)
                + "</difficult>\n    <bndbox><xmin>" + left + "</xmin><ymin>" + top + "</ymin><xmax>"
                + Math.max(left, Math.round(box.right())) + "</xmax><ymax>" + Math.max(top, Math.round(box.bottom()))
                + "</ymax></bndbox>\n" + more + "  </object>";
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
