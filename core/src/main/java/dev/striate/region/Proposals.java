package dev.striate.region;

import dev.striate.StriateException;
import dev.striate.box.Box;
import dev.striate.detect.Detection;
import dev.striate.detect.NonMaximumSuppression;
import dev.striate.graph.Size;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// The regions that a region proposal network finds worth a look (Ren et al. 2015, §3.3): its anchors moved by its
/// offsets and cut at the picture's edge, without small ones and those that repeat a surer one.
///
/// @param candidates how many of the surest are looked at for repeats
/// @param overlap the IoU above which one repeats another
/// @param count how many remain, at most
/// @param smallest pixels that each side must have; the published code has 16 where a picture is not resized
public record Proposals(int candidates, double overlap, int count, double smallest) {
    private static final double OVERLAP = 0.7;
    private static final double SMALLEST = 16;

    public Proposals {
        if (candidates < 1 || count < 1) {
            throw new StriateException(
                    "At least one proposal before and one behind suppression were expected; received "
                            + candidates + " and " + count + ".");
        }
        if (!(overlap >= 0 && overlap <= 1 && smallest >= 0)) {
            throw new StriateException("An overlap from 0 to 1 and a smallest side from 0 were expected; received "
                    + overlap + " and " + smallest + ".");
        }
    }

    /// The best 2,000 of 12,000.
    public static Proposals inTraining() {
        return new Proposals(12_000, OVERLAP, 2_000, SMALLEST);
    }

    /// The best 300 of 6,000.
    public static Proposals atTest() {
        return new Proposals(6_000, OVERLAP, 300, SMALLEST);
    }

    /// The same of boxes whose sides have so many pixels.
    public Proposals withSmallest(double smallest) {
        return new Proposals(candidates, overlap, count, smallest);
    }

    /// The same, but so many at most.
    public Proposals withCount(int count) {
        return new Proposals(candidates, overlap, count, smallest);
    }

    /// The proposals of one picture of a batch, the surest first, all of class 0; the score is how likely an object is.
    ///
    /// @param anchors of [RegionAnchors#at]
    /// @param size the picture's, as the network sees it
    public List<Detection> of(RpnMaps maps, int picture, List<Box> anchors, Size size) {
        if (anchors.size() != maps.anchors()) {
            throw new StriateException("Maps for " + maps.anchors() + " anchors expect as many; received "
                    + anchors.size() + ".");
        }
        if (picture < 0 || picture >= maps.pictures()) {
            throw new StriateException("Maps of " + maps.pictures() + " pictures were expected to have that asked for; "
                    + "received picture " + picture + ", counted from 0.");
        }
        var found = new ArrayList<Detection>();
        for (var i = 0; i < anchors.size(); i++) {
            var box = BoxEncoding.PLAIN.decode(anchors.get(i), maps.offsets(picture, i))
                    .clipped(size.width(), size.height());
            if (box.area() > 0 && box.width() >= smallest && box.height() >= smallest) {
                found.add(new Detection(box, 0, BinaryCrossEntropy.sigmoid(maps.logit(picture, i))));
            }
        }
        found.sort(Comparator.comparingDouble(Detection::score).reversed());
        return NonMaximumSuppression.of(found.subList(0, Math.min(candidates, found.size())), overlap, count);
    }
}
