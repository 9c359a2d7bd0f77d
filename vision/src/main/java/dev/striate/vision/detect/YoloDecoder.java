package dev.striate.vision.detect;

import dev.striate.data.batch.Preparation;
import dev.striate.detect.Detection;
import dev.striate.detect.NonMaximumSuppression;
import dev.striate.graph.Outputs;
import dev.striate.graph.Size;
import dev.striate.yolo.YoloHeads;
import java.util.List;

/// What the outputs of YOLO's networks say of pictures: boxes in the pictures' own pixels, repeated ones suppressed. They
/// may reach beyond a picture's edges, as Darknet's do.
record YoloDecoder(YoloHeads heads, Preparation preparation) {
    /// The objects in picture `index` of a batch, the surest first.
    List<Detection> of(Outputs outputs, int index, Size picture, Thresholds thresholds) {
        var onPicture = preparation.placement(picture).inverse();
        var found = heads.decode(outputs, index, thresholds.score());
        return NonMaximumSuppression.of(found, heads.suppression(thresholds.overlap()), Integer.MAX_VALUE).stream()
                .map(each -> new Detection(onPicture.of(each.box()), each.label(), each.score())).toList();
    }
}
