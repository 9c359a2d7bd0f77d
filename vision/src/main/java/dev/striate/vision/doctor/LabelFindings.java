package dev.striate.vision.doctor;

import dev.striate.data.labels.Problem;
import dev.striate.data.set.DataSet;
import dev.striate.data.set.Visibility;
import dev.striate.target.Target;
import dev.striate.target.Target.LabelledBox;
import dev.striate.vision.doctor.Finding.Example;
import dev.striate.vision.doctor.Finding.PictureRef;
import dev.striate.vision.doctor.Finding.Severity;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;

/// What labels show: those that cannot be used, and boxes and masks that are odd.
final class LabelFindings {
    private static final int SHOWN = 12;
    /// Two boxes of one class that agree to this share are one object.
    private static final double SAME = 0.95;
    private static final double MOSTLY = 0.5;

    private LabelFindings() {}

    /// The labels that the set was opened without, and those that were changed, by their kind.
    static List<Finding> ofProblems(List<Problem> problems) {
        var kinds = new EnumMap<Problem.Kind, List<Problem>>(Problem.Kind.class);
        for (var problem : problems) kinds.computeIfAbsent(problem.kind(), _ -> new ArrayList<>()).add(problem);
        return kinds.entrySet().stream().map(each -> new Finding(
                each.getValue().getFirst().isLoss() ? Severity.ERROR : Severity.NOTE,
                each.getKey().things() + ": " + each.getValue().size() + " (" + each.getKey().fate() + ")",
                each.getValue().stream().limit(SHOWN).map(problem -> new Example(List.of(), problem.toString()))
                        .toList()))
                .toList();
    }

    /// What one picture's boxes or mask show.
    private record Seen(PictureRef ref, int tiny, int twice, boolean empty, boolean ignored) {}

    /// Boxes that training leaves out, objects marked twice, pictures without objects, masks that say little.
    static List<Finding> ofTargets(Map<String, DataSet> sets) {
        var seen = new ArrayList<Seen>();
        sets.forEach((part, set) -> IntStream.range(0, set.size()).parallel()
                .mapToObj(i -> seen(new PictureRef(part, i, set.name(i)), set.target(i))).forEachOrdered(seen::add));
        var findings = new ArrayList<Finding>();
        add(findings, seen, Seen::tiny, Severity.WARNING, "boxes less than " + (int) Visibility.USUAL.side()
                + " pixels wide or high, which training leaves out");
        add(findings, seen, Seen::twice, Severity.WARNING, "objects marked twice");
        add(findings, seen, each -> each.empty() ? 1 : 0, Severity.NOTE, "pictures without objects");
        add(findings, seen, each -> each.ignored() ? 1 : 0, Severity.NOTE,
                "masks that leave out most of their picture");
        return findings;
    }

    private static void add(List<Finding> findings, List<Seen> seen, ToIntFunction<Seen> count, Severity severity,
            String what) {
        var found = seen.stream().filter(each -> count.applyAsInt(each) > 0).toList();
        if (found.isEmpty()) return;
        findings.add(new Finding(severity, what + ": " + found.stream().mapToInt(count).sum(),
                found.stream().limit(SHOWN).map(each -> new Example(List.of(each.ref()), "")).toList()));
    }

    private static Seen seen(PictureRef ref, Target target) {
        return switch (target) {
            case Target.Objects(var boxes, _) -> new Seen(ref,
                    (int) boxes.stream().filter(LabelFindings::isTiny).count(), twice(boxes), boxes.isEmpty(), false);
            case Target.Mask mask -> new Seen(ref, 0, 0, false, isMostlyIgnored(mask));
            case Target.Label _,Target.None _ -> new Seen(ref, 0, 0, false, false);
        };
    }

    private static boolean isTiny(LabelledBox object) {
        return Math.min(object.box().width(), object.box().height()) < Visibility.USUAL.side();
    }

    private static int twice(List<LabelledBox> boxes) {
        var twice = 0;
        for (var i = 0; i < boxes.size(); i++) {
            for (var j = 0; j < i; j++) {
                if (boxes.get(i).label() == boxes.get(j).label()
                        && boxes.get(i).box().iou(boxes.get(j).box()) > SAME) {
                    twice++;
                    break;
                }
            }
        }
        return twice;
    }

    private static boolean isMostlyIgnored(Target.Mask mask) {
        var ignored = 0;
        for (var each : mask.classes()) if (Byte.toUnsignedInt(each) == Target.Mask.IGNORED) ignored++;
        return ignored > MOSTLY * mask.classes().length;
    }
}
