package dev.striate.vision.doctor;

import dev.striate.vision.doctor.Finding.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/// What single pictures, classes and sizes show.
final class Findings {
    private static final int TINY = 8;
    private static final int HUGE = 4000;
    private static final int LONG = 4;
    private static final int UNBALANCED = 10;

    private Findings() {}

    static List<Finding> ofFiles(List<ScannedPicture> pictures) {
        var broken = pictures.stream().filter(picture -> !picture.isReadable()).toList();
        if (broken.isEmpty()) return List.of();
        return List.of(Finding.of(Severity.ERROR, broken.size() + " of " + pictures.size()
                + " pictures cannot be read, or not without damage (a run that skips bad pictures leaves them out)",
                broken));
    }

    static List<Finding> ofClasses(Map<String, Map<String, Long>> parts, String counted) {
        var findings = new ArrayList<Finding>();
        parts.forEach((part, counts) -> {
            counts.forEach((label, count) -> {
                if (count > 0) return;
                var severity = part.equals("train") ? Severity.ERROR : Severity.WARNING;
                findings.add(
                        new Finding(severity, "the class " + label + " has no " + counted + " in " + part, List.of()));
            });
            var most = counts.entrySet().stream().max(Map.Entry.comparingByValue()).orElseThrow();
            var least = counts.entrySet().stream().filter(e -> e.getValue() > 0).min(Map.Entry.comparingByValue())
                    .orElse(most);
            if (most.getValue() < UNBALANCED * least.getValue()) return;
            // The ground of most scenes has most of their pixels.
            var severity = counted.equals("pixels") ? Severity.NOTE : Severity.WARNING;
            findings.add(new Finding(severity, "the classes of " + part + " are out of balance: "
                    + most.getValue() + " " + counted + " of " + most.getKey() + ", " + least.getValue() + " of "
                    + least.getKey() + " (class weights may help)", List.of()));
        });
        return findings;
    }

    static List<Finding> ofSizes(List<ScannedPicture> pictures) {
        var findings = new ArrayList<Finding>();
        add(findings, pictures, Severity.WARNING, "smaller than " + TINY + " pixels on a side",
                picture -> Math.min(picture.width(), picture.height()) < TINY);
        add(findings, pictures, Severity.NOTE, "larger than " + HUGE + " pixels on a side: slow to decode",
                picture -> Math.max(picture.width(), picture.height()) > HUGE);
        add(findings, pictures, Severity.NOTE, "more than " + LONG + " times as long as wide: cropping loses most",
                picture -> Math.max(picture.width(), picture.height()) > LONG
                        * Math.min(picture.width(), picture.height()));
        var readable = pictures.stream().filter(ScannedPicture::isReadable).toList();
        var grey = readable.stream().filter(picture -> picture.channels() == 1).toList();
        if (!grey.isEmpty() && grey.size() < readable.size()) {
            findings.add(Finding.of(Severity.NOTE, grey.size() + " of " + readable.size()
                    + " pictures are grey, the others coloured", grey));
        }
        var sizes = readable.stream().map(picture -> picture.width() + "×" + picture.height()).distinct().count();
        var widths = readable.stream().mapToInt(ScannedPicture::width).summaryStatistics();
        var heights = readable.stream().mapToInt(ScannedPicture::height).summaryStatistics();
        if (sizes > 1) {
            findings.add(new Finding(Severity.NOTE, "pictures have " + sizes + " sizes, from " + widths.getMin()
                    + " to " + widths.getMax() + " wide and " + heights.getMin() + " to " + heights.getMax() + " high",
                    List.of()));
        }
        return findings;
    }

    private static void add(List<Finding> findings, List<ScannedPicture> pictures, Severity severity, String what,
            Predicate<ScannedPicture> holds) {
        var found = pictures.stream().filter(ScannedPicture::isReadable).filter(holds).toList();
        if (found.isEmpty()) return;
        findings.add(Finding.of(severity, found.size() + (found.size() == 1 ? " picture is " : " pictures are ") + what,
                found));
    }
}
