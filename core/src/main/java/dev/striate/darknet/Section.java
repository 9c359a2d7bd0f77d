package dev.striate.darknet;

import dev.striate.StriateException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Stream;

/// A section of a `.cfg` while it is read: it remembers which settings were asked for, so that the rest can be named.
final class Section {
    private final String source;
    private final String name;
    private final int line;
    private final SequencedMap<String, Entry> entries = new LinkedHashMap<>();
    private final Set<String> asked = new HashSet<>();
    private final List<String> repeated = new ArrayList<>();

    private record Entry(String value, int line) {}

    private Section(String source, String name, int line) {
        this.source = source;
        this.name = name;
        this.line = line;
    }

    /// The sections of a text; `source` names it in errors. Comments start with `#` or `;`.
    static List<Section> parse(String text, String source) {
        var sections = new ArrayList<Section>();
        var lines = text.lines().toList();
        for (var i = 0; i < lines.size(); i++) {
            var line = lines.get(i).strip();
            if (line.isEmpty() || line.startsWith("#") || line.startsWith(";")) continue;
            if (line.startsWith("[") && line.endsWith("]")) {
                sections.add(new Section(source, line.substring(1, line.length() - 1).strip(), i + 1));
            } else if (sections.isEmpty() || line.indexOf('=') < 1) {
                throw StriateException.file(source + ", line " + (i + 1)
                        + ": expected [a section] or a setting key=value in one; received '" + line + "'.");
            } else {
                sections.getLast().add(line, i + 1);
            }
        }
        return sections;
    }

    /// Darknet takes the first of two settings with one name.
    private void add(String setting, int line) {
        var key = setting.substring(0, setting.indexOf('=')).strip();
        var value = setting.substring(setting.indexOf('=') + 1).replaceFirst("#.*", "").strip();
        if (entries.putIfAbsent(key, new Entry(value, line)) != null) repeated.add(described(line, key, value));
    }

    String name() {
        return name;
    }

    boolean has(String key) {
        asked.add(key);
        return entries.containsKey(key);
    }

    /// Adds a setting behind another's line.
    void add(String key, String value, String behind) {
        entries.put(key, new Entry(value, entries.get(behind).line()));
    }

    String text(String key, String otherwise) {
        return has(key) ? entries.get(key).value() : otherwise;
    }

    int whole(String key, int otherwise) {
        if (!has(key)) return otherwise;
        try {
            return Integer.parseInt(entries.get(key).value());
        } catch (NumberFormatException e) {
            throw expected(key, "a whole number");
        }
    }

    int atLeast(int least, String key, int otherwise) {
        var number = whole(key, otherwise);
        if (number < least) throw has(key) ? expected(key, "at least " + least) : refuse("needs the setting " + key);
        return number;
    }

    double number(String key, double otherwise) {
        if (!has(key)) return otherwise;
        try {
            return Double.parseDouble(entries.get(key).value());
        } catch (NumberFormatException e) {
            throw expected(key, "a number");
        }
    }

    boolean flag(String key) {
        return whole(key, 0) != 0;
    }

    List<Integer> wholes(String key) {
        if (!has(key)) throw refuse("needs the setting " + key);
        try {
            return Stream.of(entries.get(key).value().split(",")).map(String::strip).map(Integer::valueOf).toList();
        } catch (NumberFormatException e) {
            throw expected(key, "whole numbers with commas between");
        }
    }

    Activation activation(String otherwise) {
        var value = text("activation", otherwise);
        for (var activation : Activation.values()) if (activation.toString().equals(value)) return activation;
        throw expected("activation", "one of " + List.of(Activation.values()));
    }

    /// Refuses a setting that would change the layer in a way that does not run here.
    void only(String key, String value) {
        if (has(key) && !entries.get(key).value().equals(value)) throw expected(key, "none but " + value);
    }

    /// All settings as they are.
    SequencedMap<String, String> all() {
        var all = new LinkedHashMap<String, String>();
        entries.forEach((key, entry) -> all.put(key, entry.value()));
        asked.addAll(all.keySet());
        return all;
    }

    /// The settings that nothing asked for: those in `known` are listed, another is refused.
    List<String> unused(Set<String> known) {
        var unused = new ArrayList<>(repeated);
        entries.forEach((key, entry) -> {
            if (asked.contains(key)) return;
            if (!known.contains(key)) throw at(entry.line(), "has no setting '" + key + "'");
            unused.add(described(entry.line(), key, entry.value()));
        });
        return unused;
    }

    private String described(int line, String key, String value) {
        return "line " + line + ": [" + name + "] " + key + "=" + value;
    }

    StriateException expected(String key, String expected) {
        var entry = entries.get(key);
        var received = entry == null ? "none" : "'" + entry.value() + "'";
        return at(entry == null ? line : entry.line(),
                "expects " + expected + " for " + key + "; received " + received);
    }

    StriateException refuse(String complaint) {
        return at(line, complaint);
    }

    private StriateException at(int line, String complaint) {
        return StriateException.file(source + ", line " + line + ": [" + name + "] " + complaint + ".");
    }
}
