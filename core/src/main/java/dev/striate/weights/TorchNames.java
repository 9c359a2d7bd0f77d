package dev.striate.weights;

import dev.striate.StriateException;
import dev.striate.weights.Pickled.Function;
import dev.striate.weights.Pickled.None;
import dev.striate.weights.Pickled.Opaque;
import dev.striate.weights.Pickled.Storage;
import dev.striate.weights.Pickled.StorageType;
import dev.striate.weights.Pickled.Tuple;
import dev.striate.weights.Pickled.View;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The names that a PyTorch state dict asks for, and what answers them; every other name is refused.
final class TorchNames {
    private static final Map<String, DataType> STORAGES = Map.of("DoubleStorage", DataType.F64, "FloatStorage",
            DataType.F32, "HalfStorage", DataType.F16, "BFloat16Storage", DataType.BF16, "LongStorage", DataType.I64,
            "IntStorage", DataType.I32, "ShortStorage", DataType.I16, "CharStorage", DataType.I8, "ByteStorage",
            DataType.U8, "BoolStorage", DataType.BOOL);
    private static final Set<String> OPAQUE = Set.of("numpy.core.multiarray.scalar", "numpy._core.multiarray.scalar",
            "numpy.dtype", "_codecs.encode", "torch.device", "torch.float64", "torch.float32", "torch.float16",
            "torch.bfloat16", "torch.int64", "torch.int32", "torch.uint8", "torch.bool");

    private final Map<String, Storage> storages = new LinkedHashMap<>();

    /// The whole storages that were asked for, by key.
    Map<String, Storage> storages() {
        return storages;
    }

    /// The counterpart of a Python name; refuses one that is not on the list.
    Pickled find(String module, String name) {
        var full = module + "." + name;
        if (module.equals("torch") && STORAGES.containsKey(name)) return new StorageType(STORAGES.get(name));
        if (OPAQUE.contains(full)) return new Opaque(full);
        return switch (full) {
            case "collections.OrderedDict" -> Function.ORDERED_DICT;
            case "torch.Size" -> Function.SIZE;
            case "torch._utils._rebuild_tensor" -> Function.REBUILD_TENSOR;
            case "torch._utils._rebuild_tensor_v2" -> Function.REBUILD_TENSOR;
            case "torch._utils._rebuild_parameter" -> Function.REBUILD_PARAMETER;
            default -> throw StriateException.file("its pickle asks for " + full
                    + ", which is no tensor: refused; nothing was executed.");
        };
    }

    Object call(Object callee, List<Object> arguments) {
        return switch (callee) {
            case Opaque opaque -> opaque;
            case Function.ORDERED_DICT -> orderedDict(arguments);
            case Function.SIZE -> at(arguments, 0, Tuple.class);
            case Function.REBUILD_TENSOR -> view(arguments);
            case Function.REBUILD_PARAMETER -> at(arguments, 0, View.class);
            default ->
                throw StriateException.file("its pickle calls what is no function: refused; nothing was executed.");
        };
    }

    /// A storage as its persistent id names it: `('storage', type, key, device, elements[, (key, start, elements)])`.
    Storage persistent(Object id) {
        if (!(id instanceof Tuple(List<Object> parts)) || parts.size() < 5 || !parts.getFirst().equals("storage")) {
            throw StriateException.file("its pickle refers to something outside itself that is no storage.");
        }
        var type = at(parts, 1, StorageType.class).type();
        var key = at(parts, 2, String.class);
        var elements = at(parts, 4, Long.class);
        var whole = new Storage(type, key, elements, 0, elements);
        var known = storages.putIfAbsent(key, whole);
        if (known != null && !known.equals(whole)) {
            throw StriateException.file("its storage '" + key + "' is described in two ways.");
        }
        if (parts.size() == 5 || parts.get(5) == None.NONE) return whole;
        var part = at(parts, 5, Tuple.class).items();
        return new Storage(type, key, elements, at(part, 1, Long.class), at(part, 2, Long.class));
    }

    private static Map<Object, Object> orderedDict(List<Object> arguments) {
        var map = new LinkedHashMap<>();
        if (arguments.isEmpty()) return map;
        for (var pair : at(arguments, 0, List.class)) {
            var entry = pair instanceof Tuple(List<Object> items) ? items : pair;
            if (!(entry instanceof List<?> items && items.size() == 2 && items.getFirst() instanceof String key)) {
                throw StriateException.file("its pickle makes an ordered dictionary of what are no pairs.");
            }
            map.put(key, items.getLast());
        }
        return map;
    }

    private static View view(List<Object> arguments) {
        var shape = at(arguments, 2, Tuple.class).items();
        var strides = at(arguments, 3, Tuple.class).items();
        return new View(at(arguments, 0, Storage.class), at(arguments, 1, Long.class),
                shape.stream().map(TorchNames::side).toList(), strides.stream().map(TorchNames::step).toList());
    }

    private static int side(Object value) {
        if (value instanceof Long side && side >= 0 && side <= Integer.MAX_VALUE) return side.intValue();
        throw StriateException.file("a tensor in its pickle has a side that is no number from 0 to "
                + Integer.MAX_VALUE + ".");
    }

    private static long step(Object value) {
        if (value instanceof Long step) return step;
        throw StriateException.file("a tensor in its pickle has a stride that is no number.");
    }

    private static <T> T at(List<Object> arguments, int index, Class<T> type) {
        if (index < arguments.size() && type.isInstance(arguments.get(index))) return type.cast(arguments.get(index));
        throw StriateException.file("its pickle describes a tensor in an unknown way: expected "
                + type.getSimpleName() + " as part " + index + ".");
    }
}
