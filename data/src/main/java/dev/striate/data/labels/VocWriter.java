package dev.striate.data.labels;

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
        var lines = new ArrayList<String>();
        lines.add("<annotation>");
        lines.add("  <folder>JPEGImages</folder>");
        lines.add("  <filename>" + escaped(picture.file()) + "</filename>");
        lines.add("  <size><width>" + picture.size().width() + "</width><height>" + picture.size().height()
                + "</height><depth>3</depth></size>");
        lines.add("  <segmented>0</segmented>");
        for (var object : LabelWriter.boxes(picture)) {
            var box = object.box();
            var left = Math.min(Math.round(box.left()) + 1, picture.size().width());
            var top = Math.min(Math.round(box.top()) + 1, picture.size().height());
            lines.add("  <object>");
            lines.add("    <name>" + escaped(classes.get(object.label())) + "</name>");
            lines.add("    <difficult>" + (object.difficult() ? 1 : 0) + "</difficult>");
            lines.add("    <bndbox><xmin>" + left + "</xmin><ymin>" + top + "</ymin><xmax>"
                    + Math.max(left, Math.round(box.right())) + "</xmax><ymax>"
                    + Math.max(top, Math.round(box.bottom())) + "</ymax></bndbox>");
            lines.add("  </object>");
        }
        lines.add("</annotation>");
        return lines;
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
