package dev.striate.measure;

import dev.striate.StriateException;
import dev.striate.box.Box;
import dev.striate.target.Target.LabelledBox;
import java.util.ArrayList;
import java.util.List;

/// How many of the objects a row of proposals hits, as the row grows: the share of all objects that one of the first so
/// many proposals of their picture overlaps by at least a threshold (Uijlings et al. 2013, §5). What is not proposed
/// cannot be found, so this bounds a detector's recall. Difficult objects do not count.
public final class ProposalRecall {
    private final double overlap;
    /// Of each object hit, how many proposals that took.
    private final List<Integer> needed = new ArrayList<>();
    private int objects;

    /// @param overlap the IoU from which a proposal hits an object: 0.5 as a rule
    public ProposalRecall(double overlap) {
        if (!(overlap > 0 && overlap <= 1)) {
            throw new StriateException("An overlap above 0 and at most 1 was expected; received " + overlap + ".");
        }
        this.overlap = overlap;
    }

    /// Adds a picture: its proposals, the best first, and its objects.
    public void add(List<Box> proposals, List<LabelledBox> truth) {
        for (var object : truth) {
            if (object.difficult()) continue;
            objects++;
            for (var i = 0; i < proposals.size(); i++) {
                if (proposals.get(i).iou(object.box()) < overlap) continue;
                needed.add(i + 1);
                break;
            }
        }
    }

    /// The share of the objects that the first `count` proposals of each picture hit; 0 where there are no objects.
    public double at(int count) {
        return objects == 0 ? 0 : (double) needed.stream().filter(first -> first <= count).count() / objects;
    }

    /// How many objects counted.
    public int objects() {
        return objects;
    }
}
