package dev.striate.data.picture;

import dev.striate.StriateException;
import dev.striate.box.Box;
import java.util.stream.DoubleStream;

/// Where the points of a picture go: (x, y) to (xx·x + xy·y + x0, yx·x + yy·y + y0), in pixels from the top left corner
/// of the top left pixel.
public record Affine(double xx, double xy, double x0, double yx, double yy, double y0) {
    public static final Affine IDENTITY = new Affine(1, 0, 0, 0, 1, 0);

    /// Every point moved by `x` columns and `y` rows.
    public static Affine moved(double x, double y) {
        return new Affine(1, 0, x, 0, 1, y);
    }

    /// Columns times `x`, rows times `y`.
    public static Affine scaled(double x, double y) {
        return new Affine(x, 0, 0, 0, y, 0);
    }

    /// This about a centre instead of the corner.
    public Affine about(double x, double y) {
        return moved(-x, -y).then(this).then(moved(x, y));
    }

    /// First this, then `next`.
    public Affine then(Affine next) {
        return new Affine(next.xx * xx + next.xy * yx, next.xx * xy + next.xy * yy,
                next.xx * x0 + next.xy * y0 + next.x0,
                next.yx * xx + next.yy * yx, next.yx * xy + next.yy * yy, next.yx * x0 + next.yy * y0 + next.y0);
    }

    /// The way back; refuses a map that flattens the picture.
    public Affine inverse() {
        var determinant = xx * yy - xy * yx;
        if (determinant == 0) throw new StriateException("A map with an inverse was expected; received " + this + ".");
        var ixx = yy / determinant;
        var ixy = -xy / determinant;
        var iyx = -yx / determinant;
        var iyy = xx / determinant;
        return new Affine(ixx, ixy, -(ixx * x0 + ixy * y0), iyx, iyy, -(iyx * x0 + iyy * y0));
    }

    /// The smallest box that holds what a box becomes.
    public Box of(Box box) {
        var xs = DoubleStream.of(x(box.left(), box.top()), x(box.right(), box.top()), x(box.left(), box.bottom()),
                x(box.right(), box.bottom())).summaryStatistics();
        var ys = DoubleStream.of(y(box.left(), box.top()), y(box.right(), box.top()), y(box.left(), box.bottom()),
                y(box.right(), box.bottom())).summaryStatistics();
        return new Box(xs.getMin(), ys.getMin(), xs.getMax(), ys.getMax());
    }

    /// The column to which the point (`x`, `y`) goes.
    public double x(double x, double y) {
        return xx * x + xy * y + x0;
    }

    /// The row to which the point (`x`, `y`) goes.
    public double y(double x, double y) {
        return yx * x + yy * y + y0;
    }

    /// The six numbers for pixels counted by their centres, as OpenCV counts them.
    double[] ofCentres() {
        var centred = moved(0.5, 0.5).then(this).then(moved(-0.5, -0.5));
        return new double[] { centred.xx, centred.xy, centred.x0, centred.yx, centred.yy, centred.y0 };
    }
}
