package dev.striate.data.labels;

import dev.striate.box.Box;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/// Writes a file of COCO's for each part, with categories numbered from 1 in the classes' order.
final class CocoWriter {
    /// Corners are written to a ten-thousandth of a pixel.
    private static final double STEP = 1e4;

    private final JsonGenerator out;
    private final List<String> classes;
    private final List<Written> pictures;

    private CocoWriter(JsonGenerator out, List<String> classes, List<Written> pictures) {
        this.out = out;
        this.classes = classes;
        this.pictures = pictures;
    }

    static void write(Path folder, List<String> classes, List<Written> pictures) throws IOException {
        var annotations = Files.createDirectories(folder.resolve("annotations"));
        for (var role : List.of(Role.TRAIN, Role.VALIDATION, Role.TEST)) {
            var part = pictures.stream().filter(each -> each.role() == role).toList();
            if (part.isEmpty()) continue;
            try (var stream = Files.newOutputStream(annotations.resolve("instances_" + role.label() + ".json"));
                    var json = new JsonFactory().createGenerator(ObjectWriteContext.empty(), stream)) {
                new CocoWriter(json, classes, part).all();
            }
        }
        LabelWriter.text(folder.resolve("classes.txt"), classes);
    }

    private void all() {
        out.writeStartObject();
        out.writeArrayPropertyStart("categories");
        for (var i = 0; i < classes.size(); i++) {
            out.writeStartObject();
            out.writeNumberProperty("id", i + 1);
            out.writeStringProperty("name", classes.get(i));
            out.writeEndObject();
        }
        out.writeEndArray();
        images();
        annotations();
        out.writeEndObject();
        out.writeRaw('\n');
    }

    private void images() {
        out.writeArrayPropertyStart("images");
        for (var i = 0; i < pictures.size(); i++) {
            out.writeRaw('\n');
            out.writeStartObject();
            out.writeNumberProperty("id", i + 1);
            out.writeStringProperty("file_name", pictures.get(i).file());
            out.writeNumberProperty("width", pictures.get(i).size().width());
            out.writeNumberProperty("height", pictures.get(i).size().height());
            out.writeEndObject();
        }
        out.writeEndArray();
    }

    private void annotations() {
        out.writeArrayPropertyStart("annotations");
        var number = 0;
        for (var i = 0; i < pictures.size(); i++) {
            for (var object : LabelWriter.boxes(pictures.get(i))) {
                out.writeRaw('\n');
                out.writeStartObject();
                out.writeNumberProperty("id", ++number);
                out.writeNumberProperty("image_id", i + 1);
                out.writeNumberProperty("category_id", object.label() + 1);
                box(object.box());
                out.writeNumberProperty("iscrowd", object.difficult() ? 1 : 0);
                out.writeEndObject();
            }
        }
        out.writeEndArray();
    }

    private void box(Box box) {
        out.writeArrayPropertyStart("bbox");
        out.writeNumber(rounded(box.left()));
        out.writeNumber(rounded(box.top()));
        out.writeNumber(rounded(box.width()));
        out.writeNumber(rounded(box.height()));
        out.writeEndArray();
        out.writeNumberProperty("area", rounded(box.area()));
    }

    private static double rounded(double value) {
        return Math.round(value * STEP) / STEP;
    }
}
