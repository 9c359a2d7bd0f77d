package dev.striate.data.set;

import dev.striate.StriateException;
import dev.striate.data.files.FileTree;
import dev.striate.data.labels.Entry;
import dev.striate.data.labels.Format;
import dev.striate.data.labels.LabelFiles;
import dev.striate.data.labels.Problem;
import dev.striate.data.labels.Reading;
import dev.striate.data.labels.Role;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

/// Parts a set with label files as its lists or folders say; where they say nothing, every fifth picture is for testing.
final class LabelLayout {
    private static final int SHOWN = 5;

    private final String name;
    private final FileTree tree;
    private final Reading reading;
    /// For the decoded pictures of all parts together: a quarter of the Java heap.
    private final AtomicLong budget = new AtomicLong(Runtime.getRuntime().maxMemory() / 4);

    private LabelLayout(String name, FileTree tree, Reading reading) {
        this.name = name;
        this.tree = tree;
        this.reading = reading;
    }

    static Splits open(String name, FileTree tree, Format format, BadLabels policy) {
        var reading = LabelFiles.read(tree, format);
        if (policy == BadLabels.FAIL) refuseLosses(name, reading);
        if (reading.entries().isEmpty()) {
            throw StriateException.file("Labelled pictures were expected; " + name + " holds none that can be used"
                    + (reading.problems().isEmpty() ? "." : ": " + shown(reading.problems()) + "."));
        }
        return new LabelLayout(name, tree, reading).splits();
    }

    private static void refuseLosses(String name, Reading reading) {
        var losses = reading.problems().stream().filter(Problem::isLoss).toList();
        if (losses.isEmpty()) return;
        throw StriateException.file("Labels that can all be used were expected in " + name + "; " + losses.size()
                + " cannot: " + shown(losses) + " (`striate doctor` lists them all; to skip them leaves them out).");
    }

    private static String shown(List<Problem> problems) {
        return problems.stream().limit(SHOWN).map(Problem::toString).collect(Collectors.joining("; "))
                + (problems.size() > SHOWN ? "; and so on" : "");
    }

    private Splits splits() {
        var validation = part(Role.VALIDATION);
        var test = part(Role.TEST).or(() -> validation);
        var rest = part(Role.TRAIN, Role.UNDIVIDED);
        if (test.isEmpty() || rest.isEmpty()) return undivided();
        var own = part(Role.TEST).isPresent() ? validation : Optional.<DataSet>empty();
        return new Splits(name, rest.get(), own, test.get(), true, reading.problems());
    }

    private Splits undivided() {
        var all = part(Role.values()).orElseThrow();
        var halves = Sampling.everyNth(all, 5);
        return new Splits(name, halves.rest(), Optional.empty(), halves.held(), false, reading.problems());
    }

    private Optional<DataSet> part(Role... roles) {
        var wanted = List.of(roles);
        List<Entry> entries = reading.entries().stream().filter(entry -> wanted.contains(entry.role())).toList();
        if (entries.isEmpty()) return Optional.empty();
        return Optional.of(new Cached(new LabelledPictures(tree, reading.classes(), entries), budget));
    }
}
