package dev.striate.region;

import dev.striate.StriateException;
import dev.striate.box.Box;
import dev.striate.graph.Size;
import dev.striate.random.Draws;
import dev.striate.target.Target.LabelledBox;
import java.util.List;

/// Which anchors of a region proposal network learn, and what (Ren et al. 2015, §3.1.2 and §3.1.3): those that overlap
/// an object by more than a threshold, and of each object the anchors that overlap it most, are foreground; those below
/// another threshold with all objects are background; the rest learns nothing. An anchor that overlaps a difficult
/// object most is foreground only as another object's best, and background only below that threshold.
///
/// @param foreground the IoU above which an anchor is foreground
/// @param background the IoU below which it is background
/// @param count how many learn from a picture; background makes up for lacking foreground
/// @param share of the foreground, at most
/// @param crossing whether anchors learn that cross the picture's edge, which in the paper they do not
public record AnchorAssignment(double foreground, double background, int count, double share, boolean crossing) {
    public AnchorAssignment {
        if (!(0 <= background && background <= foreground && foreground <= 1)) {
            throw new StriateException("Overlaps from 0 to 1, the background's below, were expected; received "
                    + background + " and " + foreground + ".");
        }
        if (count < 1 || !(share >= 0 && share <= 1)) {
            throw new StriateException("At least one anchor and a share from 0 to 1 were expected; received " + count
                    + " and " + share + ".");
        }
    }

    /// The paper's: 0.7 and 0.3, 256 anchors, half of them foreground.
    public static AnchorAssignment fasterRcnn() {
        return new AnchorAssignment(0.7, 0.3, 256, 0.5, false);
    }

    /// The anchors that learn from a picture, foreground first: none where all cross its edge.
    public List<Assigned> of(List<Box> anchors, List<LabelledBox> objects, Size picture, Draws draws) {
        var usable = anchors.stream().map(anchor -> crossing || isInside(anchor, picture)).toList();
        // An anchor that may not learn does not keep the best of the others from its object.
        var overlaps = Overlaps.of(anchors, objects, usable::get);
        var candidates = new Sample.Candidates(
                i -> usable.get(i) && isForeground(overlaps, i),
                i -> usable.get(i) && !isForeground(overlaps, i) && overlaps.any(i) < background);
        return new Sample(count, share).of(anchors, overlaps, candidates, draws);
    }

    private boolean isForeground(Overlaps overlaps, int anchor) {
        return overlaps.isBest()[anchor] || overlaps.ordinary()[anchor] > foreground && !overlaps.isDifficult(anchor);
    }

    private static boolean isInside(Box box, Size picture) {
        return box.left() >= 0 && box.top() >= 0 && box.right() <= picture.width() && box.bottom() <= picture.height();
    }
}
