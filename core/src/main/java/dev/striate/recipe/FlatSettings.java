package dev.striate.recipe;

import dev.striate.StriateException;
import dev.striate.graph.Size;
import java.lang.reflect.RecordComponent;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// Any record laid flat: each setting by its path. A value of a sealed family gives its kind at its own path.
public final class FlatSettings {
    private final Map<String, Object> byPath = new LinkedHashMap<>();

    private FlatSettings() {}

    /// The settings of a record, in its order.
    public static Map<String, Object> of(Record settings) {
        var flat = new FlatSettings();
        flat.components("", settings);
        return flat.byPath;
    }

    /// The settings in which two records differ, by path.
    public static List<Difference> differences(Record first, Record second) {
        var a = of(first);
        var b = of(second);
        var paths = new LinkedHashSet<>(a.keySet());
        paths.addAll(b.keySet());
        return paths.stream()
                .filter(path -> !Objects.equals(a.get(path), b.get(path)))
                .map(path -> new Difference(path, a.get(path), b.get(path)))
                .toList();
    }

    /// A line for each setting: its path, and its value in one column.
    public static String describe(Record settings) {
        var flat = of(settings);
        var width = flat.keySet().stream().mapToInt(String::length).max().orElse(0);
        var text = new StringBuilder();
        flat.forEach((path, value) -> text.append(path)
                .repeat(' ', width - path.length() + 2)
                .append(value)
                .append('\n'));
        return text.toString();
    }

    private void components(String prefix, Record settings) {
        for (var component : settings.getClass().getRecordComponents()) {
            add(prefix + component.getName(), component.getType(), value(settings, component));
        }
    }

    private void add(String path, Class<?> declared, Object value) {
        switch (value) {
            case TrainingLength length -> byPath.put(path, length);
            case Size size -> byPath.put(path, size);
            case Record settings -> {
                if (declared.isSealed()) byPath.put(path, settings.getClass().getSimpleName());
                components(path + ".", settings);
            }
            case List<?> list when !list.isEmpty() && list.getFirst() instanceof Record -> records(path, list);
            default -> byPath.put(path, value);
        }
    }

    /// The kinds in their order, then the settings of each under its kind: one more in front moves no path.
    private void records(String path, List<?> list) {
        byPath.put(path, list.stream().map(item -> item.getClass().getSimpleName()).toList());
        var counts = new HashMap<String, Integer>();
        for (var item : list) {
            var kind = item.getClass().getSimpleName();
            var count = counts.merge(kind, 1, Integer::sum);
            components(path + "." + kind + (count == 1 ? "" : count) + ".", (Record) item);
        }
    }

    private static Object value(Record settings, RecordComponent component) {
        try {
            return component.getAccessor().invoke(settings);
        } catch (ReflectiveOperationException e) {
            throw new StriateException("Expected a public record of settings; received " + settings.getClass().getName()
                    + ".", e);
        }
    }
}
