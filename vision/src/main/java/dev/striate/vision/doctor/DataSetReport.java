package dev.striate.vision.doctor;

import dev.striate.data.set.DataSet;
import dev.striate.data.set.Splits;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/// What is wrong with a data set, what may be, and what it holds.
///
/// @param parts the pictures of each class, by part and class
public record DataSetReport(String name, Map<String, Map<String, Integer>> parts, List<Finding> findings) {
    public DataSetReport {
        findings = List.copyOf(findings);
    }

    /// Reads every picture of every part.
    public static DataSetReport of(Splits splits) {
        var parts = new LinkedHashMap<String, Map<String, Integer>>();
        var pictures = new ArrayList<ScannedPicture>();
        sets(splits).forEach((part, set) -> {
            parts.put(part, counts(set));
            pictures.addAll(ScannedPicture.at(part, set));
        });
        var findings = new ArrayList<Finding>();
        findings.addAll(Findings.ofFiles(pictures));
        findings.addAll(Findings.ofClasses(parts));
        findings.addAll(Findings.ofSizes(pictures));
        findings.addAll(Duplicates.in(pictures));
        findings.sort(Comparator.comparing(Finding::severity));
        return new DataSetReport(splits.name(), parts, findings);
    }

    private static Map<String, Integer> counts(DataSet set) {
        var counts = set.counts();
        var named = new LinkedHashMap<String, Integer>();
        for (var i = 0; i < counts.length; i++) named.put(set.classes().get(i), Math.toIntExact(counts[i]));
        return named;
    }

    /// The parts by their names in findings.
    static Map<String, DataSet> sets(Splits splits) {
        var sets = new LinkedHashMap<String, DataSet>();
        sets.put("train", splits.train());
        splits.validation().ifPresent(set -> sets.put("validation", set));
        sets.put("test", splits.test());
        return sets;
    }

    /// Whether nothing stands in the way of a training.
    public boolean isSound() {
        return findings.stream().noneMatch(finding -> finding.severity() == Finding.Severity.ERROR);
    }

    @Override
    public String toString() {
        var text = new StringBuilder(name).append('\n');
        parts.forEach((part, counts) -> text.append("  ").append(part).append(": ")
                .append(counts.values().stream().mapToInt(i -> i).sum()).append(" pictures of ").append(counts.size())
                .append(" classes\n"));
        if (findings.isEmpty()) text.append("nothing found\n");
        for (var finding : findings) {
            text.append(finding.severity().name().toLowerCase(Locale.ROOT)).append(": ")
                    .append(finding.what()).append('\n');
            text.append(finding.examples().stream().map(example -> "    " + example + "\n")
                    .collect(Collectors.joining()));
        }
        return text.toString();
    }
}
