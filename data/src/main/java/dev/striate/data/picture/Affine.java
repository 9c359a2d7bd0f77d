package dev.striate.data.picture;

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
