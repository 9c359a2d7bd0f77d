package dev.striate.vision.detect;

import dev.striate.StriateException;
import dev.striate.box.Box;
import dev.striate.data.picture.Picture;
import dev.striate.data.picture.Pictures;
import dev.striate.detect.Detection;
import dev.striate.graph.Size;
import dev.striate.vision.report.Annotations;
import dev.striate.vision.report.BoxLabel;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The objects in a picture of this size, the surest first, and the names of all classes.
public record Detected(Size size, List<Detection> detections, List<String> labels) {
    public Detected {
        labels = List.copyOf(labels);
        detections = detections.stream().sorted(Comparator.comparingDouble(Detection::score).reversed()).toList();
        for (var each : detections) {
            if (each.label() < labels.size()) continue;
            throw new StriateException("An object of one of " + labels.size() + " classes was expected; received class "
                    + each.label() + ".");
        }
    }

    /// An object as programs are told of it.
    ///
    /// @param index the class, from 0
    public record Found(String label, int index, double score, PixelBox box) {}

    /// A box in the picture's pixels from its top left corner, cut at the picture's edges.
    public record PixelBox(double left, double top, double width, double height) {
        static PixelBox of(Box box) {
            return new PixelBox(box.left(), box.top(), box.width(), box.height());
        }
    }

    /// Each object with the name of its class, the surest first.
    public List<Found> found() {
        return detections.stream().map(each -> new Found(label(each), each.label(), each.score(),
                PixelBox.of(inside(each)))).toList();
    }

    /// Only the objects of some classes.
    public Detected only(Set<Integer> classes) {
        return new Detected(size, detections.stream().filter(each -> classes.contains(each.label())).toList(), labels);
    }

    /// The picture with a box and a label for each object; a small picture is enlarged until letters can be read.
    public Picture on(Picture picture) {
        return Annotations.boxes(picture, marks());
    }

    /// The same without enlarging the picture, as the frames of a video want it.
    public Picture onFrame(Picture picture) {
        return Annotations.boxesAtItsSize(picture, marks());
    }

    private List<BoxLabel> marks() {
        return detections.stream().map(each -> BoxLabel.scored(each.box(), each.label(), labels, each.score()))
                .toList();
    }

    /// What is inside an object's box, in whole pixels; empty where the box covers none of the picture.
    public Optional<Picture> crop(Picture picture, Detection detection) {
        var box = inside(detection);
        var left = (int) Math.floor(box.left());
        var top = (int) Math.floor(box.top());
        var width = (int) Math.ceil(box.right()) - left;
        var height = (int) Math.ceil(box.bottom()) - top;
        return box.area() == 0 ? Optional.empty()
                : Optional.of(Pictures.window(picture, left, top, width, height, false));
    }

    /// The name of an object's class.
    public String label(Detection detection) {
        return labels.get(detection.label());
    }

    private Box inside(Detection detection) {
        return detection.box().clipped(size.width(), size.height());
    }
}
