package dev.striate.region;

import dev.striate.StriateException;
import dev.striate.box.Box;
import dev.striate.random.Draws;
import dev.striate.target.Target.LabelledBox;
import java.util.List;
import java.util.stream.Stream;

/// Which regions of a picture a detector's head learns from, and what (Girshick 2015, §2.3): those that overlap an
/// object by at least a threshold are foreground, those that overlap them less, but by at least another threshold,
/// background. A region that overlaps a difficult object most is never foreground, and background only below the first
/// threshold.
///
/// @param foreground the IoU from which a region is foreground
/// @param background the IoU from which it is background
/// @param count how many learn from a picture, fewer where there is not enough background
/// @param share of the foreground, at most
public record RegionSampling(double foreground, double background, int count, double share) {
    public RegionSampling {
        if (!(0 <= background && background <= foreground && foreground > 0 && foreground <= 1)) {
            throw new StriateException("Overlaps from 0 to 1, the background's below, were expected; received "
                    + background + " and " + foreground + ".");
        }
        if (count < 1 || !(share >= 0 && share <= 1)) {
            throw new StriateException("At least one region and a share from 0 to 1 were expected; received " + count
                    + " and " + share + ".");
        }
    }

    /// Fast R-CNN's: 0.5 and 0.1, a quarter foreground; the paper has 64 regions of each of two pictures.
    public static RegionSampling fastRcnn(int count) {
        return new RegionSampling(0.5, 0.1, count, 0.25);
    }

    /// Faster R-CNN's: whatever overlaps no object by 0.5 is background.
    public static RegionSampling fasterRcnn(int count) {
        return new RegionSampling(0.5, 0, count, 0.25);
    }

    /// That of R-CNN's fine-tuning: all below 0.5 is background, 32 of 128 are foreground (Girshick et al. 2014, §2.3).
    public static RegionSampling rcnn() {
        return fasterRcnn(128);
    }

    /// The regions with the ordinary objects' own boxes behind them, so that each object has a region to learn from.
    public static List<Box> withObjects(List<Box> regions, List<LabelledBox> objects) {
        return Stream.concat(regions.stream(), objects.stream()
                .filter(object -> !object.difficult() && object.box().area() > 0).map(LabelledBox::box)).toList();
    }

    /// The regions that learn from a picture, foreground first.
    public List<Assigned> of(List<Box> regions, List<LabelledBox> objects, Draws draws) {
        var overlaps = Overlaps.of(regions, objects, _ -> true);
        var candidates = new Sample.Candidates(
                i -> overlaps.ordinary()[i] >= foreground && !overlaps.isDifficult(i),
                i -> overlaps.any(i) >= background && overlaps.any(i) < foreground);
        return new Sample(count, share).of(regions, overlaps, candidates, draws);
    }
}
