package dev.striate.data.set;

import dev.striate.StriateException;
import dev.striate.random.RandomStream;
import dev.striate.target.Target;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/// Parts a set in two, each class alike.
final class Sampling {
    private Sampling() {}

    record Halves(DataSet rest, DataSet held) {}

    /// Holds back `share` of each class, rounded, but at least one picture and never all, chosen by `seed`.
    static Halves split(DataSet set, double share, long seed) {
        if (!(share > 0 && share < 1)) {
            throw new StriateException("A share to set aside lies between 0 and 1; received " + share + ".");
        }
        var draws = RandomStream.of(seed).at("held").draws();
        var held = new boolean[set.size()];
        for (var members : byClass(set)) {
            Collections.shuffle(members, Random.from(draws));
            var count = Math.clamp(Math.round(members.size() * share), 1, Math.max(1, members.size() - 1));
            if (members.size() > 1) members.subList(0, count).forEach(index -> held[index] = true);
        }
        return halves(set, held);
    }

    /// Holds back every `step`th picture of each class; where no class has so many, the last of those that have two.
    static Halves everyNth(DataSet set, int step) {
        var held = new boolean[set.size()];
        var classes = byClass(set);
        var most = classes.stream().mapToInt(List::size).max().orElse(0);
        for (var members : classes) {
            var each = most >= step ? step : Math.max(2, members.size());
            for (var i = each - 1; i < members.size(); i += each) held[members.get(i)] = true;
        }
        return halves(set, held);
    }

    private static List<List<Integer>> byClass(DataSet set) {
        var classes = new ArrayList<List<Integer>>();
        set.classes().forEach(_ -> classes.add(new ArrayList<>()));
        // Pictures with boxes or masks hold several classes, or none: they are all alike.
        var isLabelled = set.size() > 0 && set.target(0) instanceof Target.Label;
        for (var i = 0; i < set.size(); i++) classes.get(isLabelled ? set.label(i) : 0).add(i);
        return classes;
    }

    private static Halves halves(DataSet set, boolean[] held) {
        var rest = new ArrayList<Integer>();
        var back = new ArrayList<Integer>();
        for (var i = 0; i < held.length; i++) (held[i] ? back : rest).add(i);
        if (rest.isEmpty() || back.isEmpty()) {
            throw new StriateException("Parting a set in two expects a class with enough pictures for both; received "
                    + set.size() + " pictures in " + set.classes().size() + " classes.");
        }
        return new Halves(set.subset(ints(rest)), set.subset(ints(back)));
    }

    private static int[] ints(List<Integer> values) {
        return values.stream().mapToInt(i -> i).toArray();
    }
}
