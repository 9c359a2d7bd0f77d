package dev.striate.text;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/// The names that somebody who mistyped one may have meant.
public final class NearestNames {
    private NearestNames() {}

    /// The `count` names that the fewest letters taken away, added or replaced lead to, the nearest first.
    public static List<String> of(String typed, Collection<String> names, int count) {
        return names.stream().sorted(Comparator.comparingInt(name -> distance(typed, name))).limit(count).toList();
    }

    /// By Levenshtein's table, one row after the other.
    private static int distance(String from, String to) {
        var row = new int[to.length() + 1];
        for (var j = 0; j < row.length; j++) row[j] = j;
        for (var i = 1; i <= from.length(); i++) {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j < row.length; j++) {
                var replaced = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[to.length()];
    }
}
