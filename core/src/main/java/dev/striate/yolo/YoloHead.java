package dev.striate.yolo;

import dev.striate.StriateException;
import dev.striate.detect.Suppression;
import dev.striate.graph.Op;
import dev.striate.graph.Shape;
import dev.striate.graph.Size;
import java.util.List;

/// An output layer of YOLO: how a network's last map says where objects are, and what training asks of it.
public sealed interface YoloHead permits GridHead, RegionHead, ScaleHead {
    /// How many classes it tells apart.
    int classes();

    /// The channels that its map has, or, of a map without places, its values.
    int channels();

    /// How much the distance of two boxes' centres tells them apart ([Suppression]); infinite for not at all.
    default double distancePower() {
        return Double.POSITIVE_INFINITY;
    }

    /// The boxes of one picture whose score is above a threshold.
    ///
    /// @param values the maps of all pictures, N × channels × height × width
    /// @param map height and width of the map
    /// @param input the network's, in whose pixels the boxes are given
    void decode(float[] values, int picture, Size map, Size input, double threshold, Candidates found);

    /// The loss of a batch's maps and its gradient.
    ///
    /// @param truths what is known of each picture
    /// @param seen how many pictures training has seen before, on which a young YOLO v2 depends
    HeadLoss loss(float[] values, Size map, Size input, List<Truths> truths, long seen);

    /// The head that a detection layer describes, for a map of this shape; refuses settings that do not fit it.
    static YoloHead of(Op.Detection op, Shape map) {
        var head = of(op);
        var has = map.isVector() ? map.elements() : map.channels();
        if (has != head.channels()) {
            throw StriateException.network("The [" + op.kind() + "] layer expects " + head.channels()
                    + (map.isVector() ? " values" : " channels") + " for " + head.classes() + " classes; received "
                    + has + ".");
        }
        return head;
    }

    /// The head that a layer's settings describe.
    static YoloHead of(Op.Detection op) {
        var settings = new Settings(op);
        return switch (op.kind()) {
            case "detection" -> GridHead.of(settings);
            case "region" -> RegionHead.of(settings);
            case "yolo" -> ScaleHead.of(settings);
            default -> throw StriateException.network("A layer [detection], [region] or [yolo] was expected; received ["
                    + op.kind() + "].");
        };
    }
}
