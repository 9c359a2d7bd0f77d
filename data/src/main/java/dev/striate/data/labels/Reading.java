package dev.striate.data.labels;

import java.util.List;

/// What label files say: the classes by name, the pictures, and everything that is wrong. Objects and pictures that cannot
/// be used are left out of the pictures, and stand among the problems.
public record Reading(Format format, List<String> classes, List<Entry> entries, List<Problem> problems) {
    public Reading {
        classes = List.copyOf(classes);
        entries = List.copyOf(entries);
        problems = List.copyOf(problems);
    }
}
