package dev.striate.vision.detect;

import dev.striate.StriateException;
import dev.striate.data.picture.Picture;
import dev.striate.detect.Detection;
import java.util.List;

/// Finds the objects in pictures.
public interface ObjectFinder extends AutoCloseable {
    /// The names of the classes, in the order of their numbers.
    List<String> labels();

    /// The objects in a picture of any size, the surest first, their boxes in its pixels. Objects below the score are left
    /// out, and of boxes of one class that overlap too much only the surest is kept.
    List<Detection> detect(Picture picture, Thresholds thresholds);

    /// The same as something to draw, to write and to show.
    default Detected find(Picture picture, Thresholds thresholds) {
        return new Detected(picture.size(), detect(picture, thresholds), labels());
    }

    /// The same on an image pyramid, where that is possible.
    ///
    /// @param scales of the pictures as the finder usually sees them
    default ObjectFinder atScales(List<Double> scales) {
        throw new StriateException("An image pyramid expects a detector with regions; received another.");
    }

    @Override
    default void close() {}
}
