package dev.striate.text;

import java.util.ArrayList;
import java.util.List;

/// Sentences over as many lines as they need. They break at blanks alone, never inside `layer[12].*` or `.cfg`.
public final class Wrapping {
    private Wrapping() {}

    /// The lines of a sentence, none wider than `width` unless a word is.
    public static List<String> lines(String sentence, int width) {
        var lines = new ArrayList<String>();
        var line = new StringBuilder();
        for (var word : sentence.split(" ")) {
            if (!line.isEmpty() && DisplayWidth.of(line + " " + word) > width) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        lines.add(line.toString());
        return lines;
    }

    /// The sentence behind its mark; further lines start below the first word.
    public static String behind(String mark, String sentence, int width) {
        var margin = DisplayWidth.of(mark);
        return mark + String.join("\n" + " ".repeat(margin), lines(sentence, width - margin));
    }

    /// The beginning of a text that fits into so many columns, with an ellipsis where something is missing.
    public static String cut(String text, int width) {
        if (DisplayWidth.of(text) <= width) return text;
        var end = 0;
        while (end < text.length()) {
            var next = text.offsetByCodePoints(end, 1);
            if (DisplayWidth.of(text.substring(0, next)) > width - 1) break;
            end = next;
        }
        return text.substring(0, end) + "…";
    }
}
