package dev.striate.data.face;

import dev.striate.StriateException;
import dev.striate.data.face.Landmarks.Point;
import dev.striate.data.picture.Affine;
import java.util.List;

/// The map of one scale, one angle and a shift that brings points closest to others, by the sum of squared distances
/// (Umeyama 1991). In the plane it has a closed form: with both sets about their means, as complex numbers zᵢ and wᵢ, scale
/// and angle are those of `Σ z̄ᵢ wᵢ / Σ |zᵢ|²`.
final class Similarity {
    private Similarity() {}

    static Affine between(List<Point> from, List<Point> to) {
        var start = mean(from);
        var end = mean(to);
        double real = 0;
        double imaginary = 0;
        double spread = 0;
        for (var i = 0; i < from.size(); i++) {
            var x = from.get(i).x() - start.x();
            var y = from.get(i).y() - start.y();
            var u = to.get(i).x() - end.x();
            var v = to.get(i).y() - end.y();
            real += x * u + y * v;
            imaginary += x * v - y * u;
            spread += x * x + y * y;
        }
        if (!(Math.hypot(real, imaginary) > 0)) {
            throw new StriateException("Landmarks of a face were expected; received " + from + ".");
        }
        return Affine.moved(-start.x(), -start.y())
                .then(new Affine(real / spread, -imaginary / spread, 0, imaginary / spread, real / spread, 0))
                .then(Affine.moved(end.x(), end.y()));
    }

    private static Point mean(List<Point> points) {
        return new Point(points.stream().mapToDouble(Point::x).average().orElseThrow(),
                points.stream().mapToDouble(Point::y).average().orElseThrow());
    }
}
