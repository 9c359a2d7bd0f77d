package dev.striate.data.labels;

import dev.striate.data.files.FileTree;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonReadFeature;

/// Reads one of COCO's JSON files piece by piece: they are larger than memory should hold. Identifiers are texts here,
/// since some programs write them so.
final class CocoJson {
    /// Python writes NaN where a number is none; that must not cost the rest of the file.
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS).build();

    private final String name;
    private final JsonParser in;
    private final Content content = new Content(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());

    record Category(String id, String name, Place place) {}

    record Image(String id, String file, double width, double height, Place place) {}

    /// `box` holds left, top, width and height; it has NaN for what is no number, and is empty where there is no box.
    record Annotation(String id, String image, String category, double[] box, boolean isCrowd, Place place) {}

    record Content(List<Category> categories, List<Image> images, List<Annotation> annotations) {}

    private CocoJson(String name, JsonParser in) {
        this.name = name;
        this.in = in;
    }

    /// Reads a file; what is wrong with it as a whole goes to `problems`, and nothing of it is kept.
    static Content read(FileTree tree, String file, Problems problems) {
        var name = tree.name(file);
        try (var bytes = tree.open(file)) {
            return read(name, bytes);
        } catch (JacksonException e) {
            var at = e.getLocation();
            problems.add(Problem.Kind.FILE, at == null ? Place.line(name, 1)
                    : new Place(name, at.getLineNr(), at.getColumnNr(), ""), "is no JSON: " + e.getOriginalMessage());
        } catch (IOException e) {
            problems.add(Problem.Kind.FILE, Place.file(name), "cannot be read: " + e.getMessage());
        }
        return new Content(List.of(), List.of(), List.of());
    }

    /// Reads a file's bytes.
    static Content read(String name, InputStream bytes) {
        try (var in = FACTORY.createParser(ObjectReadContext.empty(), bytes)) {
            return new CocoJson(name, in).content();
        }
    }

    private Content content() {
        if (in.nextToken() != JsonToken.START_OBJECT) throw expected("an object with images and annotations");
        while (in.nextToken() == JsonToken.PROPERTY_NAME) {
            var key = in.currentName();
            in.nextToken();
            switch (key) {
                case "categories" -> each("categories", this::category);
                case "images" -> each("images", this::image);
                case "annotations" -> each("annotations", this::annotation);
                default -> in.skipChildren();
            }
        }
        if (in.currentToken() != JsonToken.END_OBJECT) throw expected("the end of the object");
        return content;
    }

    private void each(String what, Runnable one) {
        if (in.currentToken() != JsonToken.START_ARRAY) throw expected("a list of " + what);
        while (in.nextToken() == JsonToken.START_OBJECT) one.run();
        if (in.currentToken() != JsonToken.END_ARRAY) throw expected("objects in the list of " + what);
    }

    private void category() {
        var place = place("a category");
        var texts = new String[] { "", "" };
        fields(key -> {
            switch (key) {
                case "id" -> texts[0] = text();
                case "name" -> texts[1] = text();
                default -> in.skipChildren();
            }
        });
        content.categories().add(new Category(texts[0], texts[1], place));
    }

    private void image() {
        var place = place("an image");
        var texts = new String[] { "", "" };
        var size = new double[] { Double.NaN, Double.NaN };
        fields(key -> {
            switch (key) {
                case "id" -> texts[0] = text();
                case "file_name" -> texts[1] = text();
                case "width" -> size[0] = number();
                case "height" -> size[1] = number();
                default -> in.skipChildren();
            }
        });
        content.images().add(new Image(texts[0], texts[1], size[0], size[1], place));
    }

    private void annotation() {
        var place = place("");
        var texts = new String[] { "", "", "" };
        var box = new double[][] { {} };
        var crowd = new boolean[1];
        fields(key -> {
            switch (key) {
                case "id" -> texts[0] = text();
                case "image_id" -> texts[1] = text();
                case "category_id" -> texts[2] = text();
                case "bbox" -> box[0] = numbers();
                case "iscrowd" -> crowd[0] = in.currentToken() == JsonToken.VALUE_TRUE || number() == 1;
                default -> in.skipChildren();
            }
        });
        content.annotations().add(new Annotation(texts[0], texts[1], texts[2], box[0], crowd[0],
                new Place(name, place.line(), place.column(), "annotation " + texts[0])));
    }

    @FunctionalInterface
    private interface Field {
        void read(String key);
    }

    private void fields(Field field) {
        while (in.nextToken() == JsonToken.PROPERTY_NAME) {
            var key = in.currentName();
            in.nextToken();
            field.read(key);
        }
    }

    /// A text, a number or a truth value as text; of anything else nothing.
    private String text() {
        if (in.currentToken().isScalarValue()) return in.currentToken() == JsonToken.VALUE_NULL ? "" : in.getString();
        in.skipChildren();
        return "";
    }

    private double number() {
        if (in.currentToken().isNumeric()) return in.getDoubleValue();
        in.skipChildren();
        return Double.NaN;
    }

    private double[] numbers() {
        if (in.currentToken() != JsonToken.START_ARRAY) {
            in.skipChildren();
            return new double[] { Double.NaN };
        }
        var numbers = new double[4];
        var count = 0;
        for (; in.nextToken() != JsonToken.END_ARRAY; count++) {
            if (count == numbers.length) numbers = Arrays.copyOf(numbers, 2 * count);
            numbers[count] = number();
        }
        return Arrays.copyOf(numbers, count);
    }

    private Place place(String what) {
        var at = in.currentTokenLocation();
        return new Place(name, at.getLineNr(), at.getColumnNr(), what);
    }

    private JacksonException expected(String what) {
        return new StreamReadException(in, what + " was expected; received "
                + in.currentToken());
    }
}
