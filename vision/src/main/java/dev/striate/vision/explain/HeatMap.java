package dev.striate.vision.explain;

import dev.striate.data.picture.Picture;
import dev.striate.data.picture.Pictures;
import dev.striate.graph.ReceptiveField;
import dev.striate.graph.Size;
import dev.striate.vision.report.ColourMaps;

/// A value for each place of a coarse grid over a picture.
///
/// What a place sees of the picture, and so where it lies, is for a [ReceptiveField] to say: a layer without padding has none at the
/// picture's edges.
///
/// @param values height × width
public record HeatMap(Size size, float[] values) {
    private static final double OPACITY = 0.55;

    /// The largest value, or the least number above 0.
    public float most() {
        return Largest.aboveZero(values);
    }

    /// The pixel of a picture in the middle of what the place of the largest value sees.
    public Explanation.Peak peak(Size picture, ReceptiveField places) {
        var best = Largest.index(values);
        return new Explanation.Peak(middle(places.horizontal(), best % size.width(), picture.width()),
                middle(places.vertical(), best / size.width(), picture.height()));
    }

    private static int middle(ReceptiveField.Axis axis, int place, int length) {
        return Math.clamp(Math.round(axis.centre() + place * axis.jump()), 0, length - 1);
    }

    /// The same for each pixel of a picture, by linear interpolation between the middles of what the places see.
    public HeatMap enlarged(Size picture, ReceptiveField places) {
        var enlarged = new float[picture.area()];
        for (var i = 0; i < enlarged.length; i++) {
            enlarged[i] = at(place(places.vertical(), i / picture.width()),
                    place(places.horizontal(), i % picture.width()));
        }
        return new HeatMap(picture, enlarged);
    }

    private static double place(ReceptiveField.Axis axis, int pixel) {
        return (pixel - axis.centre()) / axis.jump();
    }

    private float at(double row, double column) {
        var y = Math.clamp(row, 0, size.height() - 1.0);
        var x = Math.clamp(column, 0, size.width() - 1.0);
        var top = (int) y;
        var left = (int) x;
        var bottom = Math.min(top + 1, size.height() - 1);
        var right = Math.min(left + 1, size.width() - 1);
        var above = values[top * size.width() + left] * (1 - x + left)
                + values[top * size.width() + right] * (x - left);
        var below = values[bottom * size.width() + left] * (1 - x + left)
                + values[bottom * size.width() + right] * (x - left);
        return (float) (above * (1 - y + top) + below * (y - top));
    }

    /// In colours from 0 to the largest value; what is below 0 counts as 0.
    public Picture drawn() {
        return ColourMaps.heat(values, 0, size.width(), size.height(), most());
    }

    /// A map of a picture's size, laid over it in shades of grey.
    public Picture over(Picture picture) {
        var heat = drawn();
        var grey = Pictures.rgb(Pictures.grey(picture));
        var mixed = Picture.black(picture.width(), picture.height(), 3);
        for (var i = 0; i < mixed.pixels().length; i++) {
            var below = grey.pixels()[i] & 0xff;
            mixed.pixels()[i] = (byte) Math.round(below + OPACITY * ((heat.pixels()[i] & 0xff) - below));
        }
        return mixed;
    }
}
