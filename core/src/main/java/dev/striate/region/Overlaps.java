package dev.striate.region;

import dev.striate.box.Box;
import dev.striate.target.Target.LabelledBox;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;

/// How much boxes overlap the objects of a picture.
///
/// Difficult objects are not learnt, and what overlaps them as much as an ordinary one would have to is no background:
/// they count with the others until the foreground is chosen, and what would then have to find them is left out.
///
/// @param objects the picture's
/// @param nearest of each box the ordinary object that it overlaps most, −1 for none
/// @param ordinary how much
/// @param difficult its overlap with any difficult object
/// @param isBest whether no box overlaps one of the ordinary objects more
record Overlaps(List<LabelledBox> objects, int[] nearest, double[] ordinary, double[] difficult, boolean[] isBest) {
    /// @param usable which boxes count; the others overlap nothing
    static Overlaps of(List<Box> boxes, List<LabelledBox> objects, IntPredicate usable) {
        var count = boxes.size();
        var nearest = new int[count];
        Arrays.fill(nearest, -1);
        var overlaps = new Overlaps(objects, nearest, new double[count], new double[count], new boolean[count]);
        var ious = new double[count];
        for (var i = 0; i < objects.size(); i++) {
            var object = objects.get(i).box();
            Arrays.setAll(ious, box -> usable.test(box) ? boxes.get(box).iou(object) : 0);
            if (objects.get(i).difficult()) overlaps.addDifficult(ious);
            else overlaps.addOrdinary(i, ious);
        }
        return overlaps;
    }

    private void addDifficult(double[] ious) {
        for (var box = 0; box < ious.length; box++) difficult[box] = Math.max(difficult[box], ious[box]);
    }

    private void addOrdinary(int object, double[] ious) {
        var best = Arrays.stream(ious).max().orElse(0);
        for (var box = 0; box < ious.length; box++) {
            if (ious[box] > ordinary[box]) {
                ordinary[box] = ious[box];
                nearest[box] = object;
            }
            isBest[box] |= best > 0 && ious[box] == best;
        }
    }

    boolean isDifficult(int box) {
        return difficult[box] > ordinary[box];
    }

    /// The overlap with any object.
    double any(int box) {
        return Math.max(ordinary[box], difficult[box]);
    }

    Assigned.Foreground foreground(int index, Box box) {
        var object = objects.get(nearest[index]);
        return new Assigned.Foreground(index, box, object.box(), object.label());
    }
}
