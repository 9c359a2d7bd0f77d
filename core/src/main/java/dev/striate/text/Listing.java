package dev.striate.text;

import java.util.Collection;
import java.util.stream.Collectors;

/// Many names in a sentence: the first few, and how many more there are.
public final class Listing {
    private static final int LONGEST_NAME = 80;

    private Listing() {}

    /// `a, b, c and 40 more`; long names are cut.
    public static String some(Collection<?> names, int most) {
        var shown = names.stream().limit(most).map(name -> shortened(String.valueOf(name)))
                .collect(Collectors.joining(", "));
        return names.size() <= most ? shown : shown + " and " + (names.size() - most) + " more";
    }

    /// What a file claims, cut where it is long.
    public static String shortened(String text) {
        return text.length() <= LONGEST_NAME ? text : text.substring(0, LONGEST_NAME - 1) + "…";
    }
}
