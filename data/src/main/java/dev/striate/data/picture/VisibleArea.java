package dev.striate.data.picture;

import dev.striate.box.Box;
import dev.striate.graph.Size;
import java.util.ArrayList;
import java.util.List;

/// What of a picture still shows something after it was cut and moved, perhaps several times: a convex polygon in the
/// picture's pixels, its corners in their order round it; none where nothing is left. What was cut off does not come back
/// when the picture is moved the other way.
public record VisibleArea(List<Corner> corners) {
    /// A point of the outline.
    public record Corner(double x, double y) {}

    public VisibleArea {
        corners = List.copyOf(corners);
    }

    /// All of a picture.
    public static VisibleArea of(Size size) {
        return new VisibleArea(List.of(new Corner(0, 0), new Corner(size.width(), 0),
                new Corner(size.width(), size.height()), new Corner(0, size.height())));
    }

    /// The area after another step, as far as it lies in the new frame.
    public VisibleArea moved(Affine step, Size frame) {
        var moved = corners.stream().map(corner -> new Corner(step.x(corner.x(), corner.y()),
                step.y(corner.x(), corner.y()))).toList();
        return new VisibleArea(moved).within(new Box(0, 0, frame.width(), frame.height()));
    }

    /// What of the area lies in a box (Sutherland and Hodgman 1974).
    public VisibleArea within(Box box) {
        return cut(1, 0, box.left()).cut(-1, 0, -box.right()).cut(0, 1, box.top()).cut(0, -1, -box.bottom());
    }

    /// The smallest box about the area; without area where there is none.
    public Box extent() {
        if (corners.isEmpty()) return new Box(0, 0, 0, 0);
        var xs = corners.stream().mapToDouble(Corner::x).summaryStatistics();
        var ys = corners.stream().mapToDouble(Corner::y).summaryStatistics();
        return new Box(xs.getMin(), ys.getMin(), xs.getMax(), ys.getMax());
    }

    /// From which column to which the area goes at a height, as two numbers; both 0 where it does not reach.
    public double[] row(double y) {
        var least = Double.POSITIVE_INFINITY;
        var most = Double.NEGATIVE_INFINITY;
        for (var i = 0; i < corners.size(); i++) {
            var from = corners.get(i);
            var to = corners.get((i + 1) % corners.size());
            if (from.y() <= y == to.y() <= y) continue;
            var x = from.x() + (y - from.y()) / (to.y() - from.y()) * (to.x() - from.x());
            least = Math.min(least, x);
            most = Math.max(most, x);
        }
        return least < most ? new double[] { least, most } : new double[2];
    }

    /// Whether this is all of a picture.
    public boolean isWhole(Size size) {
        return equals(of(size));
    }

    /// Where `alongX`·x + `alongY`·y is at least `least`.
    private VisibleArea cut(double alongX, double alongY, double least) {
        var kept = new ArrayList<Corner>();
        for (var i = 0; i < corners.size(); i++) {
            var from = corners.get(i);
            var to = corners.get((i + 1) % corners.size());
            var before = alongX * from.x() + alongY * from.y() - least;
            var after = alongX * to.x() + alongY * to.y() - least;
            if (before >= 0) kept.add(from);
            if (before < 0 != after < 0) {
                var share = before / (before - after);
                kept.add(new Corner(from.x() + share * (to.x() - from.x()), from.y() + share * (to.y() - from.y())));
            }
        }
        return new VisibleArea(kept);
    }
}
