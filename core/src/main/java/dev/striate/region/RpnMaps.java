package dev.striate.region;

import dev.striate.StriateException;
import dev.striate.graph.Size;

/// What a region proposal network gives for a batch of pictures. The anchors are in the order of [RegionAnchors#at].
///
/// @param scores N × k × height × width logits of an object, or N × 2k of them: of none for each shape of anchor, then
///        of one
/// @param offsets N × 4k × height × width: [BoxOffsets] of each shape of anchor
/// @param shapes how many anchors a cell has, k
public record RpnMaps(Values scores, Values offsets, int shapes, Size map) {
    public RpnMaps {
        var anchors = shapes * map.area();
        if (anchors < 1 || offsets.length() % (BoxOffsets.COUNT * anchors) != 0) {
            throw new StriateException("Maps of " + map + " with " + shapes + " anchors to a cell expect a multiple of "
                    + BoxOffsets.COUNT * anchors + " offsets; received " + offsets.length() + ".");
        }
        var each = offsets.length() / BoxOffsets.COUNT;
        if (scores.length() != each && scores.length() != 2 * each) {
            throw new StriateException("One or two scores for each of " + each + " anchors were expected; received "
                    + scores.length() + ".");
        }
    }

    public int pictures() {
        return offsets.length() / (BoxOffsets.COUNT * anchors());
    }

    /// How many anchors a picture has.
    public int anchors() {
        return shapes * map.area();
    }

    /// How much likelier an object is than none, as a logit.
    public double logit(int picture, int anchor) {
        var object = object(picture, anchor);
        return isPaired() ? scores.get(object) - scores.get(object - anchors()) : scores.get(object);
    }

    /// From an anchor to the box proposed.
    public BoxOffsets offsets(int picture, int anchor) {
        return BoxOffsets.of(offsets, offset(picture, anchor, 0), map.area());
    }

    /// Adds the slope by an anchor's logit to the gradient of the scores.
    void addSlope(int picture, int anchor, double slope, Values gradient) {
        gradient.add(object(picture, anchor), slope);
        if (isPaired()) gradient.add(object(picture, anchor) - anchors(), -slope);
    }

    /// Where one of the four offsets of an anchor lies.
    int offset(int picture, int anchor, int index) {
        var shape = anchor / map.area();
        return (BoxOffsets.COUNT * (picture * shapes + shape) + index) * map.area() + anchor % map.area();
    }

    private int object(int picture, int anchor) {
        if (anchor >= anchors()) {
            throw new StriateException("A map of " + map + " with " + shapes + " anchors to a cell has " + anchors()
                    + "; received the index " + anchor + ".");
        }
        return isPaired() ? (2 * picture + 1) * anchors() + anchor : picture * anchors() + anchor;
    }

    private boolean isPaired() {
        return scores.length() != offsets.length() / BoxOffsets.COUNT;
    }
}
