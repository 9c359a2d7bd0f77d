package dev.striate.vision.train;

import dev.striate.StriateException;
import dev.striate.data.labels.Problem;
import dev.striate.data.set.DataSet;
import dev.striate.weights.AtomicFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Finds the pictures that cannot be read, or not without damage, before a run starts, so that a resumed run leaves out the same ones.
final class BadPictures {
    private BadPictures() {}

    private record Bad(int index, String why) {}

    /// The readable pictures of a set; the others are counted in a warning and listed in the run's folder.
    static DataSet without(DataSet pictures, String part, Path folder, Consumer<String> warn) {
        var bad = IntStream.range(0, pictures.size()).parallel().mapToObj(i -> check(pictures, i))
                .filter(Objects::nonNull).toList();
        if (bad.isEmpty()) return pictures;
        if (bad.size() == pictures.size()) {
            throw StriateException.file("None of the " + bad.size() + " pictures for " + part + " can be read: "
                    + bad.getFirst().why());
        }
        var file = folder.resolve(part.equals("training") ? "bad-pictures.txt" : "bad-pictures-" + part + ".txt");
        AtomicFile.write(file, String.join("\n", bad.stream().map(Bad::why).toList()) + "\n");
        warn.accept(
                bad.size() + " of " + pictures.size() + " pictures for " + part + " cannot be read and are left out; "
                        + file + " lists them.");
        var left = bad.stream().map(Bad::index).collect(Collectors.toSet());
        return pictures.subset(IntStream.range(0, pictures.size()).filter(i -> !left.contains(i)).toArray());
    }

    /// Lists the labels that a set was opened without in the run's folder, and warns of them.
    static void list(List<Problem> labels, Path folder, Consumer<String> warn) {
        if (labels.isEmpty()) return;
        var file = folder.resolve("bad-labels.txt");
        AtomicFile.write(file, String.join("\n", labels.stream().map(Problem::toString).toList()) + "\n");
        var lost = labels.stream().filter(Problem::isLoss).count();
        warn.accept(lost + " labels are left out and " + (labels.size() - lost) + " changed; " + file + " lists them.");
    }

    private static @Nullable Bad check(DataSet pictures, int index) {
        try {
            Inspected.undamaged(pictures, index);
            return null;
        } catch (StriateException e) {
            return new Bad(index, e.getMessage());
        }
    }
}
