package dev.striate.vision.doctor;

import dev.striate.data.set.DataSet;
import dev.striate.data.set.Splits;
import dev.striate.target.Target;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/// What is wrong with a data set, what may be, and what it holds.
///
/// @param counted what `parts` counts: pictures, objects or pixels
/// @param parts how many of each class there are, by part and class
/// @param pictures how many pictures each part has
public record DataSetReport(String name, String counted, Map<String, Map<String, Long>> parts,
        Map<String, Integer> pictures, List<Finding> findings) {
    public DataSetReport {
        findings = List.copyOf(findings);
    }

    /// Reads every picture of every part.
    public static DataSetReport of(Splits splits) {
        var parts = new LinkedHashMap<String, Map<String, Long>>();
        var sizes = new LinkedHashMap<String, Integer>();
        var pictures = new ArrayList<ScannedPicture>();
        var counted = counted(splits.train());
        sets(splits).forEach((part, set) -> {
            parts.put(part, counts(set));
            sizes.put(part, set.size());
            pictures.addAll(ScannedPicture.at(part, set));
        });
        var findings = new ArrayList<Finding>();
        findings.addAll(Findings.ofFiles(pictures));
        findings.addAll(LabelFindings.ofProblems(splits.problems()));
        findings.addAll(LabelFindings.ofTargets(sets(splits)));
        findings.addAll(Findings.ofClasses(parts, counted));
        findings.addAll(Findings.ofSizes(pictures));
        findings.addAll(Duplicates.in(pictures));
        findings.sort(Comparator.comparing(Finding::severity));
        return new DataSetReport(splits.name(), counted, parts, sizes, findings);
    }

    private static String counted(DataSet set) {
        return switch (set.target(0)) {
            case Target.Label _,Target.None _ -> "pictures";
            case Target.Objects _ -> "objects";
            case Target.Mask _ -> "pixels";
        };
    }

    private static Map<String, Long> counts(DataSet set) {
        var counts = set.counts();
        var named = new LinkedHashMap<String, Long>();
        for (var i = 0; i < counts.length; i++) named.put(set.classes().get(i), counts[i]);
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

    private static long sum(Map<String, Long> counts) {
        return counts.values().stream().mapToLong(i -> i).sum();
    }

    /// Whether nothing stands in the way of a training.
    public boolean isSound() {
        return findings.stream().noneMatch(finding -> finding.severity() == Finding.Severity.ERROR);
    }

    @Override
    public String toString() {
        var text = new StringBuilder(name).append('\n');
        parts.forEach((part, counts) -> text.append("  ").append(part).append(": ").append(pictures.get(part))
                .append(" pictures").append(counted.equals("objects") ? ", " + sum(counts) + " objects" : "")
                .append(" of ").append(counts.size()).append(" classes\n"));
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
