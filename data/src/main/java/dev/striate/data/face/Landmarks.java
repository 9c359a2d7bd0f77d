package dev.striate.data.face;

import dev.striate.data.picture.Affine;
import java.util.List;

/// Five points of a face, in pixels from the picture's top left corner; right and left are the person's own, so the right
/// eye of one who looks into the camera is the picture's left one.
public record Landmarks(Point rightEye, Point leftEye, Point nose, Point rightMouth, Point leftMouth) {
    /// A place in a picture.
    public record Point(double x, double y) {}

    /// The points in the order of their names.
    public List<Point> points() {
        return List.of(rightEye, leftEye, nose, rightMouth, leftMouth);
    }

    /// Ten numbers: x and y of each in that order.
    static Landmarks of(double... xy) {
        return new Landmarks(new Point(xy[0], xy[1]), new Point(xy[2], xy[3]), new Point(xy[4], xy[5]),
                new Point(xy[6], xy[7]), new Point(xy[8], xy[9]));
    }

    /// Where the points go.
    public Landmarks moved(Affine affine) {
        return of(points().stream()
                .flatMap(point -> List.of(affine.x(point.x, point.y), affine.y(point.x, point.y)).stream())
                .mapToDouble(Double::doubleValue).toArray());
    }
}
