package dev.striate.vision.doctor;

import dev.striate.vision.doctor.Finding.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;

/// What single pictures, classes and sizes show.
final class Findings {
    private static final int TINY = 8;
    private static final int HUGE = 4000;
    private static final int LONG = 4;
    private static final int UNBALANCED = 10;

    private Findings() {}

    static List<Finding> ofFiles(List<Look> looks) {
        var broken = looks.stream().map(Look::trouble).filter(Objects::nonNull).toList();
        if (broken.isEmpty()) return List.of();
        return List.of(new Finding(Severity.ERROR, broken.size() + " of " + looks.size()
                + " pictures cannot be read, or not without damage (a run that skips bad images leaves them out)",
                Checkup.some(broken)));
    }

    static List<Finding> ofClasses(Map<String, Map<String, Integer>> parts) {
        var findings = new ArrayList<Finding>();
        parts.forEach((part, counts) -> {
            counts.forEach((label, count) -> {
                if (count > 0) return;
                var severity = part.equals("train") ? Severity.ERROR : Severity.WARNING;
                findings.add(new Finding(severity, "the class " + label + " has no pictures in " + part, List.of()));
            });
            var most = counts.entrySet().stream().max(Map.Entry.comparingByValue()).orElseThrow();
            var least = counts.entrySet().stream().filter(e -> e.getValue() > 0).min(Map.Entry.comparingByValue())
                    .orElse(most);
            if (most.getValue() < UNBALANCED * least.getValue()) return;
            findings.add(new Finding(Severity.WARNING, "the classes of " + part + " are out of balance: "
                    + most.getValue() + " pictures of " + most.getKey() + ", " + least.getValue() + " of "
                    + least.getKey() + " (class weights may help)", List.of()));
        });
        return findings;
    }

    static List<Finding> ofSizes(List<Look> looks) {
        var findings = new ArrayList<Finding>();
        add(findings, looks, Severity.WARNING, "smaller than " + TINY + " pixels on a side",
                look -> Math.min(look.width(), look.height()) < TINY);
        add(findings, looks, Severity.NOTE, "larger than " + HUGE + " pixels on a side: slow to decode",
                look -> Math.max(look.width(), look.height()) > HUGE);
        add(findings, looks, Severity.NOTE, "more than " + LONG + " times as long as wide: cropping loses most",
                look -> Math.max(look.width(), look.height()) > LONG * Math.min(look.width(), look.height()));
        var readable = looks.stream().filter(Look::isReadable).toList();
        var grey = readable.stream().filter(look -> look.channels() == 1).map(Look::name).toList();
        if (!grey.isEmpty() && grey.size() < readable.size()) {
            findings.add(new Finding(Severity.NOTE, grey.size() + " of " + readable.size()
                    + " pictures are grey, the others coloured", Checkup.some(grey)));
        }
        var sizes = readable.stream().map(look -> look.width() + "×" + look.height()).distinct().count();
        var widths = readable.stream().mapToInt(Look::width).summaryStatistics();
        var heights = readable.stream().mapToInt(Look::height).summaryStatistics();
        if (sizes > 1) {
            findings.add(new Finding(Severity.NOTE, "pictures have " + sizes + " sizes, from " + widths.getMin()
                    + " to " + widths.getMax() + " wide and " + heights.getMin() + " to " + heights.getMax() + " high",
                    List.of()));
        }
        return findings;
    }

    private static void add(List<Finding> findings, List<Look> looks, Severity severity, String what,
            Predicate<Look> holds) {
        var names = looks.stream().filter(Look::isReadable).filter(holds).map(Look::name).toList();
        if (names.isEmpty()) return;
        findings.add(new Finding(severity,
                names.size() + (names.size() == 1 ? " picture is " : " pictures are ") + what, Checkup.some(names)));
    }
}
