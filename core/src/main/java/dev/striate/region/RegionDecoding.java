package dev.striate.region;

import dev.striate.box.Box;
import dev.striate.detect.Detection;
import dev.striate.detect.NonMaximumSuppression;
import dev.striate.graph.Size;
import java.util.ArrayList;
import java.util.List;

/// What a head's answers say of a picture: of each region the softmax of its scores and, for each class, the box to which its
/// offsets lead, cut at the picture's edge; repeats of one class suppressed (Girshick 2015, §2.2 and §3.1).
///
/// @param threshold the least probability of an object
/// @param overlap the IoU above which one box repeats another of its class
/// @param count how many objects a picture has, at most
public record RegionDecoding(double threshold, double overlap, int count) {
    /// The objects, the surest first.
    ///
    /// @param regions a box for each row of the outputs
    public List<Detection> of(HeadOutputs outputs, List<Box> regions, BoxEncoding encoding, Size picture) {
        var softmax = new SoftmaxCrossEntropy(outputs.classes() + 1);
        var found = new ArrayList<Detection>();
        for (var row = 0; row < regions.size(); row++) {
            var shares = softmax.shares(outputs.scores(), row);
            for (var label = 0; label < outputs.classes(); label++) {
                if (shares[label + 1] <= threshold) continue;
                var box = encoding.decode(regions.get(row), outputs.offsets(row, label))
                        .clipped(picture.width(), picture.height());
                if (box.area() > 0) found.add(new Detection(box, label, shares[label + 1]));
            }
        }
        var kept = NonMaximumSuppression.of(found, overlap, count);
        return kept.subList(0, Math.min(count, kept.size()));
    }
}
