package dev.striate.graph;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/// Where a drawing puts each box: a row by the longest path from the input, and a column for each branch.
///
/// From each fork to the place where its branches meet again (its immediate post-dominator) the branches stand side by
/// side: two as a straight path and one to its right, more around the middle.
final class DrawingLayout {
    private static final int UNPLACED = -1;

    private final List<List<Integer>> next;
    private final int[] meets;
    final int[] rows;
    final double[] columns;

    private DrawingLayout(List<List<Integer>> inputs) {
        var n = inputs.size();
        next = following(inputs);
        meets = meetings(next);
        rows = new int[n];
        for (var i = 0; i < n; i++) for (var input : inputs.get(i)) rows[i] = Math.max(rows[i], rows[input] + 1);
        columns = new double[n];
        Arrays.fill(columns, Double.NaN);
    }

    /// Lays out boxes that each read earlier ones, given by index; the first is the start.
    static DrawingLayout of(List<List<Integer>> inputs) {
        var layout = new DrawingLayout(inputs);
        layout.place(0, inputs.size());
        return layout;
    }

    private static List<List<Integer>> following(List<List<Integer>> inputs) {
        var next = new ArrayList<List<Integer>>();
        for (var i = 0; i < inputs.size(); i++) {
            next.add(new ArrayList<>());
            for (var input : inputs.get(i)) if (!next.get(input).contains(i)) next.get(input).add(i);
        }
        return next;
    }

    /// For each box the first that all ways from it pass through; `size` stands for the end behind all outputs.
    private static int[] meetings(List<List<Integer>> next) {
        var end = next.size();
        var meets = new int[end + 1];
        meets[end] = end;
        for (var i = end - 1; i >= 0; i--) {
            meets[i] = next.get(i).stream().reduce((a, b) -> common(meets, a, b)).orElse(end);
        }
        return meets;
    }

    private static int common(int[] meets, int a, int b) {
        while (a != b) {
            if (a < b) a = meets[a];
            else b = meets[b];
        }
        return a;
    }

    /// How far a part reaches to the left and right of its own column 0, and what it has placed.
    private record Extent(double left, double right, List<Integer> boxes) {}

    /// Places the way from one box up to, but without, another.
    private Extent place(int from, int to) {
        var left = 0.0;
        var right = 0.0;
        var boxes = new ArrayList<Integer>();
        for (var at = from; at != to && at < next.size() && Double.isNaN(columns[at]); at = meets[at]) {
            columns[at] = 0;
            boxes.add(at);
            var fork = beside(branches(next.get(at), meets[at]));
            left = Math.max(left, fork.left);
            right = Math.max(right, fork.right);
            boxes.addAll(fork.boxes);
        }
        return new Extent(left, right, boxes);
    }

    /// Places what a box leads to; those of its readers that meet before the end form one branch (an auxiliary head
    /// stands beside a whole module, not beside its branches).
    private List<Extent> branches(List<Integer> readers, int to) {
        var branches = new ArrayList<Extent>();
        var left = new ArrayList<>(readers);
        while (!left.isEmpty()) {
            var first = left.removeFirst();
            if (first == to) continue;
            var together = new ArrayList<>(List.of(first));
            left.stream().filter(other -> common(meets, first, other) < to).forEach(together::add);
            left.removeAll(together);
            var branch = parallel(together, to);
            if (!branch.boxes.isEmpty()) branches.add(branch);
        }
        return branches;
    }

    private Extent parallel(List<Integer> heads, int to) {
        int meet = heads.stream().reduce((a, b) -> common(meets, a, b)).orElse(to);
        if (heads.size() == 1) return place(meet, to);
        var fork = beside(heads.stream().map(head -> place(head, meet)).filter(part -> !part.boxes.isEmpty()).toList());
        var rest = place(meet, to);
        fork.boxes.addAll(rest.boxes);
        return new Extent(Math.max(fork.left, rest.left), Math.max(fork.right, rest.right), fork.boxes);
    }

    /// Moves branches beside each other: of two the larger stays in column 0, more lie around it.
    private Extent beside(List<Extent> branches) {
        var ordered = new ArrayList<>(branches);
        if (ordered.size() == 2) ordered.sort(Comparator.comparingInt((Extent branch) -> -branch.boxes.size()));
        var offset = ordered.size() > 2 ? center(ordered) : ordered.isEmpty() ? 0 : -ordered.getFirst().left;
        var left = -offset;
        var boxes = new ArrayList<Integer>();
        for (var branch : ordered) {
            shift(branch.boxes, offset + branch.left);
            offset += branch.left + branch.right + 1;
            boxes.addAll(branch.boxes);
        }
        return new Extent(Math.max(0, left), Math.max(0, offset - 1), boxes);
    }

    private static double center(List<Extent> branches) {
        var width = branches.stream().mapToDouble(branch -> branch.left + branch.right + 1).sum();
        return -(width - 1) / 2;
    }

    private void shift(List<Integer> boxes, double by) {
        for (var box : boxes) columns[box] += by;
    }

    /// The number of rows.
    int height() {
        return Arrays.stream(rows).max().orElse(0) + 1;
    }

    /// The last row before each of `parts` breaks that make a long drawing into strips of about the same height; a break
    /// lies where all that follows hangs on one box.
    List<Integer> breaks(int parts) {
        var height = height();
        var breaks = new ArrayList<Integer>();
        for (var part = 1; part < parts; part++) {
            var wanted = height * part / parts - 1;
            var best = UNPLACED;
            for (var row = 0; row < height - 1; row++) {
                if (Math.abs(row - wanted) < Math.abs(best - wanted) && throat(row) != UNPLACED) best = row;
            }
            if (best != UNPLACED && !breaks.contains(best)) breaks.add(best);
        }
        return breaks.stream().sorted().toList();
    }

    /// The one box of this row or above that later rows read; -1 where there are several.
    int throat(int row) {
        var throat = UNPLACED;
        for (var i = 0; i < rows.length; i++) {
            if (rows[i] > row || next.get(i).stream().noneMatch(reader -> rows[reader] > row)) continue;
            if (throat != UNPLACED) return UNPLACED;
            throat = i;
        }
        return throat;
    }
}
