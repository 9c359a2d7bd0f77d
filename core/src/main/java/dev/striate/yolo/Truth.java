package dev.striate.yolo;

import dev.striate.graph.Size;
import dev.striate.target.Target;
import java.util.List;

/// An object to learn: its class, and its box by centre, width and height as shares of the input's sides.
public record Truth(double x, double y, double width, double height, int label) {
    private static final double WHOLE = 1;

    /// The objects of a picture whose boxes lie in the input's pixels; boxes without area are left out, since nothing can
    /// be learnt from them.
    public static List<Truth> of(Target.Objects objects, Size input) {
        return objects.boxes().stream().filter(each -> each.box().area() > 0)
                .map(each -> new Truth(each.box().centerX() / input.width(), each.box().centerY() / input.height(),
                        each.box().width() / input.width(), each.box().height() / input.height(), each.label()))
                .filter(truth -> truth.x >= 0 && truth.x < WHOLE && truth.y >= 0 && truth.y < WHOLE).toList();
    }

    /// How much more a small box's errors count than a large one's: 2 less its area.
    double weight() {
        return 2 - width * height;
    }

    /// The cell of a grid of this size that holds the centre.
    int cell(Size grid) {
        return (int) (y * grid.height()) * grid.width() + (int) (x * grid.width());
    }

    /// Intersection over union with a predicted box.
    double iou(Located box) {
        return Overlap.iou(x, y, width, height, box.x(), box.y(), box.width(), box.height());
    }

    /// Intersection over union with a shape, both about one centre.
    double iou(double otherWidth, double otherHeight) {
        return Overlap.iou(0, 0, width, height, 0, 0, otherWidth, otherHeight);
    }
}
