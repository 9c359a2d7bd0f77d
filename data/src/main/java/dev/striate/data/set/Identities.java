package dev.striate.data.set;

import dev.striate.StriateException;
import dev.striate.random.RandomStream;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;

/// Parts a set by whose pictures they are.
record Identities(DataSet train, DataSet validation, DataSet test) {
    /// Fewer than that cannot be compared with others.
    private static final int LEAST = 2;
    private static final int TOGETHER = 4;

    /// @param testing the share of identities for testing, at least two unless it is 0
    /// @param validating the share of the others for validation, at least two
    static Identities parted(DataSet set, double testing, double validating, long seed) {
        var counts = set.counts();
        var shown = IntStream.range(0, counts.length).filter(label -> counts[label] > 0).toArray();
        var turns = RandomStream.of(seed).at("identities").permutation(shown.length);
        var order = Arrays.stream(turns).map(turn -> shown[turn]).toArray();
        var forTest = testing == 0 ? 0 : Math.max(LEAST, (int) Math.round(testing * order.length));
        var forValidation = Math.max(LEAST, (int) Math.round(validating * (order.length - forTest)));
        if (order.length < forTest + forValidation + LEAST) {
            throw new StriateException("At least " + (forTest + forValidation + LEAST)
                    + " identities were expected, to show validation and testing others than training; received "
                    + order.length + ".");
        }
        return new Identities(of(set, order, forTest + forValidation, order.length),
                of(set, order, forTest, forTest + forValidation), of(set, order, 0, forTest));
    }

    /// The first `count` pictures by turns of four of each identity, so that a few pictures still hold some that show the
    /// same.
    static DataSet few(DataSet set, int count) {
        var seen = new int[set.classes().size()];
        var turns = IntStream.range(0, set.size()).map(i -> seen[set.label(i)]++ / TOGETHER).toArray();
        return set.subset(IntStream.range(0, set.size()).boxed()
                .sorted(Comparator.<Integer>comparingInt(i -> turns[i]).thenComparingInt(set::label)).limit(count)
                .mapToInt(i -> i).toArray());
    }

    private static DataSet of(DataSet set, int[] order, int from, int to) {
        Set<Integer> wanted = new HashSet<>(Arrays.stream(order, from, to).boxed().toList());
        return set.subset(IntStream.range(0, set.size()).filter(i -> wanted.contains(set.label(i))).toArray());
    }
}
