package dev.striate.json;

import dev.striate.StriateException;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.exc.InvalidTypeIdException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Records as JSON and back, exactly: a sealed type by the simple name of its case, numbers digit for digit (−∞ and NaN
/// as strings), every component required, nothing unknown accepted. An absent value is an `Optional`, written as null; a
/// record to which components were added is still read without them where it is marked [Formerly].
public final class Json {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .annotationIntrospector(new SealedNames())
            .addModule(FormerReading.module())
            .enable(MapperFeature.INFER_RECORD_GETTERS_FROM_COMPONENTS_ONLY)
            .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY, MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
                    DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES,
                    DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES,
                    DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES,
                    DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .build();

    /// For other programs, which nothing is read back from: with what a record derives from its components (`isSound`).
    private static final JsonMapper SHOWN = MAPPER.rebuild()
            .disable(MapperFeature.INFER_RECORD_GETTERS_FROM_COMPONENTS_ONLY)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .build();

    private Json() {}

    /// The text of a value as programs are shown it: a record, a list, a number or a text.
    public static String show(Object value) {
        return SHOWN.writeValueAsString(value);
    }

    /// The text of a value, read back with the same type: a record, or the sealed interface that it is a case of.
    public static <T> String write(T value, Class<T> type) {
        return MAPPER.writerFor(type).writeValueAsString(value);
    }

    /// A value as a tree, for a file that holds more than one.
    public static <T> JsonNode tree(T value, Class<T> type) {
        return text(write(value, type), "a value");
    }

    /// The same text in lines, for people.
    public static String indented(JsonNode tree) {
        return tree.toPrettyString();
    }

    /// Reads a value of this type; `source` says in errors what the text is: "the network of model.safetensors".
    public static <T> T read(String text, Class<T> type, String source) {
        return read(source, () -> MAPPER.readValue(text, type));
    }

    /// The same from a tree, whose older form somebody may have changed to today's.
    public static <T> T read(JsonNode tree, Class<T> type, String source) {
        return read(source, () -> MAPPER.treeToValue(tree, type));
    }

    /// The tree of an object's text.
    public static ObjectNode object(String text, String source) {
        if (text(text, source) instanceof ObjectNode object) return object;
        throw new StriateException("In " + source + ", an object was expected; received " + text + ".");
    }

    private static JsonNode text(String text, String source) {
        return read(source, () -> MAPPER.readTree(text));
    }

    private static <T> T read(String source, Supplier<T> reading) {
        try {
            return reading.get();
        } catch (JacksonException e) {
            throw StriateException.file("In " + source + ", at " + place(e) + ", " + complaint(e) + ".", e);
        }
    }

    private static String complaint(JacksonException e) {
        return switch (e) {
            case InvalidTypeIdException unknown when unknown.getTypeId() != null ->
                "'" + unknown.getTypeId() + "' is no known " + unknown.getBaseType().getRawClass().getSimpleName();
            case UnrecognizedPropertyException unknown ->
                "'" + unknown.getPropertyName() + "' is no known field; expected are " + unknown.getKnownPropertyIds();
            case JacksonException other when other.getCause() instanceof StriateException cause ->
                "the value is refused: " + withoutDot(cause.getMessage());
            case MismatchedInputException wrong when wrong.getOriginalMessage().startsWith("Cannot construct") ->
                "a " + wrong.getTargetType().getSimpleName() + " is expected, an object in braces";
            case JacksonException other -> withoutDot(other.getOriginalMessage());
        };
    }

    private static String withoutDot(String sentence) {
        return sentence.endsWith(".") ? sentence.substring(0, sentence.length() - 1) : sentence;
    }

    private static String place(JacksonException e) {
        if (e.getPath().isEmpty()) {
            return "line " + e.getLocation().getLineNr() + " column " + e.getLocation().getColumnNr();
        }
        return e.getPath().stream()
                .map(step -> step.getPropertyName() == null ? "[" + step.getIndex() + "]" : step.getPropertyName())
                .collect(Collectors.joining("."))
                .replace(".[", "[");
    }
}
