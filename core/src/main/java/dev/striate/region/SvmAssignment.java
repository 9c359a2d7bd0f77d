package dev.striate.region;

import dev.striate.StriateException;
import dev.striate.box.Box;
import dev.striate.target.Target.LabelledBox;
import java.util.List;
import java.util.stream.IntStream;

/// What R-CNN's support vector machine of a class learns from (Girshick et al. 2014, §2.3): the objects of the class
/// alone are positive, regions that overlap each of them by less than a threshold negative, and the rest is left out,
/// since a region half on an object would teach the machine to be content with half. Difficult objects are not
/// positive, and what overlaps them is not negative.
///
/// @param negative the IoU below which a region is negative
public record SvmAssignment(double negative) {
    public SvmAssignment {
        if (!(negative >= 0 && negative <= 1)) {
            throw new StriateException("An overlap from 0 to 1 was expected; received " + negative + ".");
        }
    }

    /// The paper's 0.3, chosen among 0 to 0.5: with 0.5 the mean average precision fell by 5 points.
    public static SvmAssignment rcnn() {
        return new SvmAssignment(0.3);
    }

    /// The boxes of a class's objects.
    public List<Box> positives(List<LabelledBox> objects, int label) {
        return objects.stream().filter(object -> object.label() == label && !object.difficult())
                .map(LabelledBox::box).filter(box -> box.area() > 0).toList();
    }

    /// The indices of the regions that show nothing of a class.
    public int[] negatives(List<Box> regions, List<LabelledBox> objects, int label) {
        var ofClass = objects.stream().filter(object -> object.label() == label).toList();
        var overlaps = Overlaps.of(regions, ofClass, _ -> true);
        return IntStream.range(0, regions.size()).filter(i -> overlaps.any(i) < negative).toArray();
    }
}
