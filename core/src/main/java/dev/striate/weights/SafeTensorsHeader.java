package dev.striate.weights;

import dev.striate.StriateException;
import dev.striate.text.Listing;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The header of a safetensors file: its texts, and where each tensor lies.
record SafeTensorsHeader(SequencedMap<String, String> metadata, SequencedMap<String, Entry> entries) {
    /// The longest header that safetensors itself accepts, in bytes.
    static final long LIMIT = 100_000_000;

    private static final String METADATA = "__metadata__";
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    /// One tensor's type and shape, and its bytes `from` (inclusive) to `to` (exclusive) behind the header.
    record Entry(DataType type, List<Integer> shape, long from, long to) {
        TensorData view(MemorySegment data) {
            return new TensorData(type, shape, data.asSlice(from, to - from));
        }
    }

    static SafeTensorsHeader of(SequencedMap<String, String> metadata, SequencedMap<String, TensorData> tensors) {
        var entries = new LinkedHashMap<String, Entry>();
        var offset = 0L;
        for (var name : bySizeOfType(tensors)) {
            var tensor = tensors.get(name);
            var end = offset + tensor.bytes().byteSize();
            entries.put(name, new Entry(tensor.type(), tensor.shape(), offset, end));
            offset = end;
        }
        var ordered = new LinkedHashMap<String, Entry>();
        tensors.keySet().forEach(name -> ordered.put(name, entries.get(name)));
        return new SafeTensorsHeader(metadata, ordered);
    }

    private static List<String> bySizeOfType(Map<String, TensorData> tensors) {
        return tensors.keySet().stream()
                .sorted(Comparator.comparing(name -> -tensors.get(name).type().bytes()))
                .toList();
    }

    /// The tensors' names in the order of their bytes.
    List<String> layout() {
        return entries.keySet().stream()
                .sorted(Comparator.<String>comparingLong(name -> entries.get(name).from())
                        .thenComparingLong(name -> entries.get(name).to()))
                .toList();
    }

    /// The JSON text, padded with blanks so that the tensors start at a multiple of eight bytes.
    byte[] text() {
        var root = MAPPER.createObjectNode();
        if (!metadata.isEmpty()) metadata.forEach(root.putObject(METADATA)::put);
        entries.forEach((name, entry) -> {
            var node = root.putObject(name).put("dtype", entry.type().name());
            var shape = node.putArray("shape");
            entry.shape().forEach(shape::add);
            node.putArray("data_offsets").add(entry.from()).add(entry.to());
        });
        var text = MAPPER.writeValueAsString(root);
        var bytes = text.getBytes(StandardCharsets.UTF_8).length;
        return (text + " ".repeat((8 - bytes % 8) % 8)).getBytes(StandardCharsets.UTF_8);
    }

    static SafeTensorsHeader parse(String text, Path file) {
        var metadata = new LinkedHashMap<String, String>();
        var entries = new LinkedHashMap<String, Entry>();
        for (var property : tree(text, file).properties()) {
            if (property.getKey().equals(METADATA)) readMetadata(property.getValue(), metadata, file);
            else entries.put(property.getKey(), new Reader(file, property.getKey()).entry(property.getValue()));
        }
        return new SafeTensorsHeader(metadata, entries);
    }

    private static JsonNode tree(String text, Path file) {
        try {
            if (text.startsWith("{") && MAPPER.readTree(text) instanceof JsonNode tree && tree.isObject()) return tree;
            throw StriateException.file(file + " is no safetensors file: its header is no JSON object.");
        } catch (JacksonException e) {
            throw StriateException.file(file + " is no safetensors file: " + e.getOriginalMessage() + ".", e);
        }
    }

    private static void readMetadata(JsonNode node, Map<String, String> metadata, Path file) {
        if (!node.isObject()) throw StriateException.file(file + ": expected __metadata__ to be a map of texts.");
        for (var property : node.properties()) {
            if (!property.getValue().isString()) {
                throw StriateException
                        .file(file + ": expected a text in __metadata__ under '" + Listing.shortened(property.getKey())
                                + "'; received " + property.getValue().getNodeType() + ".");
            }
            metadata.put(property.getKey(), property.getValue().stringValue());
        }
    }

    /// Refuses tensors that reach beyond the data, overlap, or leave bytes that belong to none.
    void checkLayout(long available, Path file) {
        var end = 0L;
        for (var name : layout()) {
            var entry = entries.get(name);
            if (entry.to() > available) {
                throw StriateException
                        .file(file + ", tensor '" + Listing.shortened(name) + "': its bytes " + entry.from() + " to "
                                + entry.to() + " end beyond the " + available + " of the file.");
            }
            if (entry.from() != end) {
                throw StriateException
                        .file(file + ", tensor '" + Listing.shortened(name) + "': expected its bytes to start at " + end
                                + ", where the one before ends; received " + entry.from()
                                + (entry.from() < end ? " (they overlap)." : " (a hole)."));
            }
            end = entry.to();
        }
        if (end != available) {
            throw StriateException.file(file + ": its tensors end at byte " + end + ", but the data has " + available
                    + ".");
        }
    }

    /// Reads one tensor's entry, and says in errors whose it is.
    private record Reader(Path file, String name) {
        Entry entry(JsonNode node) {
            if (!node.isObject() || node.size() != 3) throw refuse("dtype, shape and data_offsets", node);
            var type = type(node.path("dtype"));
            var shape = new ArrayList<Integer>();
            for (var side : list(node.path("shape"))) {
                if (!side.isIntegralNumber() || !side.canConvertToInt() || side.intValue() < 0) {
                    throw refuse("sides of 0 to " + Integer.MAX_VALUE, side);
                }
                shape.add(side.intValue());
            }
            var offsets = list(node.path("data_offsets"));
            if (offsets.size() != 2) throw refuse("two offsets", offsets);
            var entry = new Entry(type, shape, offset(offsets.get(0)), offset(offsets.get(1)));
            checkLength(entry);
            return entry;
        }

        private DataType type(JsonNode node) {
            for (var type : DataType.values())
                if (node.isString() && type.name().equals(node.stringValue())) return type;
            throw refuse("a type of " + List.of(DataType.values()), node);
        }

        private JsonNode list(JsonNode node) {
            if (!node.isArray()) throw refuse("a list", node);
            return node;
        }

        private long offset(JsonNode node) {
            if (!node.isIntegralNumber() || !node.canConvertToLong() || node.longValue() < 0) {
                throw refuse("an offset of at least 0", node);
            }
            return node.longValue();
        }

        private void checkLength(Entry entry) {
            var length = entry.to() - entry.from();
            var expected = (long) entry.type().bytes();
            try {
                for (var side : entry.shape()) expected = Math.multiplyExact(expected, side);
            } catch (ArithmeticException _) {
                expected = -1;
            }
            if (length != expected || length < 0) {
                throw StriateException.file(file + ", tensor '" + Listing.shortened(name) + "': " + entry.type()
                        + " of shape "
                        + Listing.shortened(entry.shape().toString()) + " does not fit its bytes " + entry.from()
                        + " to " + entry.to() + ".");
            }
        }

        private StriateException refuse(String expected, JsonNode received) {
            return StriateException
                    .file(file + ", tensor '" + Listing.shortened(name) + "': expected " + expected + "; received "
                            + (received.isMissingNode() ? "nothing" : Listing.shortened(received.toString())) + ".");
        }
    }
}
