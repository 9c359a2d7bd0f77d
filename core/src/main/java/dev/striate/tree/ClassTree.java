package dev.striate.tree;

import dev.striate.StriateException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/// Which class is a kind of which: for each class, by number, the one above it. Classes with one parent are siblings and
/// exclude one another; so do the roots, which have none.
public final class ClassTree {
    /// The parent of a root.
    public static final int NONE = -1;

    private final int[] parents;
    private final int[][] children; // by class
    private final int[] roots;

    private ClassTree(int[] parents) {
        this.parents = parents;
        children = groups(parents);
        roots = IntStream.range(0, parents.length).filter(k -> parents[k] == NONE).toArray();
    }

    /// The tree of these parents, [#NONE] for a root; refuses one that does not come before its child, as Darknet does
    /// not read it, and so every circle.
    public static ClassTree of(List<Integer> parents) {
        if (parents.isEmpty()) throw new StriateException("A tree of classes expects at least one; received none.");
        for (var k = 0; k < parents.size(); k++) {
            if (parents.get(k) >= NONE && parents.get(k) < k) continue;
            throw new StriateException("A tree of classes expects the parent of class " + k
                    + " to be one before it, or -1 for none; received " + parents.get(k) + ".");
        }
        return new ClassTree(parents.stream().mapToInt(Integer::intValue).toArray());
    }

    /// So many classes, none a kind of another.
    public static ClassTree flat(int classes) {
        return of(Collections.nCopies(classes, NONE));
    }

    /// Reads what [#text] gives.
    public static ClassTree parse(String text) {
        var parents = new ArrayList<Integer>();
        for (var run : text.split(",")) {
            var parts = run.strip().split("\\*", 2);
            try {
                var count = parts.length == 1 ? 1 : Integer.parseInt(parts[1]);
                for (var i = 0; i < count; i++) parents.add(Integer.valueOf(parts[0]));
            } catch (NumberFormatException _) {
                throw new StriateException("A tree's parents are expected as numbers, each with how often it repeats, "
                        + "as in -1*2,0,1*3; received '" + run.strip() + "'.");
            }
        }
        return of(parents);
    }

    /// The parents with how often each repeats: `-1*2,0*3,2`.
    public String text() {
        var text = new StringBuilder();
        for (var k = 0; k < parents.length;) {
            var end = k;
            while (end < parents.length && parents[end] == parents[k]) end++;
            if (k > 0) text.append(',');
            text.append(parents[k]);
            if (end - k > 1) text.append('*').append(end - k);
            k = end;
        }
        return text.toString();
    }

    private static int[][] groups(int[] parents) {
        var counts = new int[parents.length];
        for (var parent : parents) if (parent != NONE) counts[parent]++;
        var groups = new int[parents.length][];
        for (var k = 0; k < parents.length; k++) groups[k] = new int[counts[k]];
        for (var k = parents.length - 1; k >= 0; k--) {
            if (parents[k] != NONE) groups[parents[k]][--counts[parents[k]]] = k;
        }
        return groups;
    }

    /// How many classes there are, leaves and those above them.
    public int size() {
        return parents.length;
    }

    /// The class above, or [#NONE].
    public int parent(int label) {
        return parents[label];
    }

    /// How many classes lie above: 0 for a root.
    public int depth(int label) {
        return path(label).length - 1;
    }

    /// The depth of the deepest class.
    public int deepest() {
        return IntStream.range(0, parents.length).map(this::depth).max().orElse(0);
    }

    /// The classes from a root down to this one.
    public int[] path(int label) {
        var above = 1;
        for (var k = label; parents[k] != NONE; k = parents[k]) above++;
        var path = new int[above];
        for (var k = label; k != NONE; k = parents[k]) path[--above] = k;
        return path;
    }

    /// The classes right below.
    public int[] children(int label) {
        return children[label].clone();
    }

    /// A class and those that share its parent.
    public int[] siblings(int label) {
        return group(parents[label]).clone();
    }

    private int[] group(int parent) {
        return parent == NONE ? roots : children[parent];
    }

    /// The probability of each class once its parent is true: a softmax among siblings.
    public double[] conditional(double[] logits) {
        var shares = checked(logits).clone();
        for (var parent = NONE; parent < parents.length; parent++) softmax(shares, group(parent));
        return shares;
    }

    /// The same of a class and its siblings alone, the others left as they are.
    public void conditional(double[] logits, int label) {
        softmax(logits, group(parents[label]));
    }

    private static void softmax(double[] values, int[] group) {
        var largest = Double.NEGATIVE_INFINITY;
        for (var k : group) largest = Math.max(largest, values[k]);
        var sum = 0.0;
        for (var k : group) {
            values[k] = Math.exp(values[k] - largest);
            sum += values[k];
        }
        for (var k : group) values[k] /= sum;
    }

    /// The probability of each class: the product of the conditional ones from the root down to it (§4, "Hierarchical
    /// classification").
    public double[] absolute(double[] conditional) {
        var shares = checked(conditional).clone();
        for (var k = 0; k < shares.length; k++) if (parents[k] != NONE) shares[k] *= shares[parents[k]];
        return shares;
    }

    private double[] checked(double[] values) {
        if (values.length == parents.length) return values;
        throw new StriateException(
                "A number for each of the tree's " + parents.length + " classes was expected; received "
                        + values.length + ".");
    }

    /// The class where going down from the most probable root ends: it goes on to the most probable child while that one's
    /// absolute probability is above the threshold.
    public int descend(double[] absolute, double threshold) {
        var at = best(roots, checked(absolute));
        while (children[at].length > 0) {
            var child = best(children[at], absolute);
            if (absolute[child] <= threshold) break;
            at = child;
        }
        return at;
    }

    /// The class at a depth to which the most probable child of each class leads down, or the leaf where that ends before;
    /// logits give the same as probabilities.
    public int mostProbable(double[] logits, int depth) {
        var at = best(roots, checked(logits));
        for (var d = 0; d < depth && children[at].length > 0; d++) at = best(children[at], logits);
        return at;
    }

    /// The classes with none below.
    public int[] leaves() {
        return IntStream.range(0, parents.length).filter(k -> children[k].length == 0).toArray();
    }

    private static int best(int[] group, double[] values) {
        var best = group[0];
        for (var k : group) if (values[k] > values[best]) best = k;
        return best;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ClassTree tree && Arrays.equals(parents, tree.parents);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(parents);
    }

    @Override
    public String toString() {
        return "a tree of " + parents.length + " classes";
    }
}
