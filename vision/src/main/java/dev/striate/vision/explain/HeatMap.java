package dev.striate.vision.explain;

import dev.striate.data.picture.Picture;
import dev.striate.data.picture.Pictures;
import dev.striate.graph.Size;
import dev.striate.vision.report.ColourMaps;

/// A value for each place of a coarse grid over a picture.
///
/// @param values height × width
public record HeatMap(Size size, float[] values) {
    private static final double OPACITY = 0.55;

    /// The largest value, or the least number above 0.
    public float most() {
        return Largest.aboveZero(values);
    }

    /// The index of the largest value.
    public int peak() {
        return Largest.index(values);
    }

    /// The same on a finer grid, by linear interpolation between the places' centres.
    public HeatMap enlarged(Size finer) {
        var enlarged = new float[finer.area()];
        for (var i = 0; i < enlarged.length; i++) {
            enlarged[i] = at((i / finer.width() + 0.5) * size.height() / finer.height() - 0.5,
                    (i % finer.width() + 0.5) * size.width() / finer.width() - 0.5);
        }
        return new HeatMap(finer, enlarged);
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

    /// Laid over a picture in shades of grey.
    public Picture over(Picture picture) {
        var heat = enlarged(picture.size()).drawn();
        var grey = Pictures.rgb(Pictures.grey(picture));
        var mixed = Picture.black(picture.width(), picture.height(), 3);
        for (var i = 0; i < mixed.pixels().length; i++) {
            var below = grey.pixels()[i] & 0xff;
            mixed.pixels()[i] = (byte) Math.round(below + OPACITY * ((heat.pixels()[i] & 0xff) - below));
        }
        return mixed;
    }
}
