package dev.striate.data.labels;

import dev.striate.box.Box;
import dev.striate.detect.Detection;
import dev.striate.graph.Size;
import java.util.List;

/// What a detector found in a picture: the picture's file name, perhaps below a folder, and its size.
public record FoundObjects(String file, Size size, List<Detection> detections) {
    public FoundObjects {
        detections = List.copyOf(detections);
    }

    Box box(Detection detection) {
        return detection.box().clipped(size.width(), size.height());
    }
}
