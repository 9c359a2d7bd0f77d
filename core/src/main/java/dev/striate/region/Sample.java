package dev.striate.region;

import dev.striate.box.Box;
import dev.striate.random.Draws;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Some of the boxes that could be foreground and background, by chance.
///
/// @param count of both together, at most
/// @param share of the foreground, at most
record Sample(int count, double share) {
    List<Assigned> of(List<Box> boxes, Overlaps overlaps, Candidates candidates, Draws draws) {
        var indices = IntStream.range(0, boxes.size());
        var foreground = some(indices.filter(candidates.foreground).toArray(), (int) Math.round(count * share), draws);
        var background = some(IntStream.range(0, boxes.size()).filter(candidates.background).toArray(),
                count - foreground.length, draws);
        return Stream.<Assigned>concat(
                Arrays.stream(foreground).mapToObj(i -> overlaps.foreground(i, boxes.get(i))),
                Arrays.stream(background).mapToObj(i -> new Assigned.Background(i, boxes.get(i)))).toList();
    }

    /// As many as there are or are asked for, in their order: the start of a Fisher–Yates shuffle, sorted.
    private static int[] some(int[] from, int count, Draws draws) {
        if (from.length <= count) return from;
        for (var i = 0; i < count; i++) {
            var other = i + draws.nextInt(from.length - i);
            var index = from[other];
            from[other] = from[i];
            from[i] = index;
        }
        return Arrays.stream(from, 0, count).sorted().toArray();
    }

    /// Which boxes could be foreground, and which background.
    record Candidates(IntPredicate foreground, IntPredicate background) {}
}
