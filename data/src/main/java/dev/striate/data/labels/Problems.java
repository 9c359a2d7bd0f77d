package dev.striate.data.labels;

import dev.striate.data.labels.Problem.Kind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Collects problems, from several threads if need be.
final class Problems {
    private final List<Problem> found = new ArrayList<>();

    synchronized void add(Kind kind, Place place, String what) {
        found.add(new Problem(kind, place.toString(), what));
    }

    /// By kind, and in the order of files and lines in which they were found.
    synchronized List<Problem> list() {
        return found.stream().sorted(Comparator.comparing(Problem::kind)).toList();
    }
}
