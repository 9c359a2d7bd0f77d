package dev.striate.vision.explain;

import dev.striate.graph.ReceptiveField;
import dev.striate.graph.Size;

/// The pixels of a picture that a unit sees, within the picture.
record Seen(int left, int top, int width, int height) {
    static Seen of(ReceptiveField field, int row, int column, Size picture) {
        var top = from(field.vertical(), row, picture.height());
        var left = from(field.horizontal(), column, picture.width());
        return new Seen(left, top, Math.max(1, to(field.horizontal(), column, picture.width()) - left),
                Math.max(1, to(field.vertical(), row, picture.height()) - top));
    }

    private static int from(ReceptiveField.Axis axis, int unit, int length) {
        return (int) Math.clamp(Math.floor(axis.start() + unit * axis.jump()), 0, length - 1.0);
    }

    private static int to(ReceptiveField.Axis axis, int unit, int length) {
        return (int) Math.clamp(Math.ceil(axis.start() + unit * axis.jump() + axis.size()), 1, length);
    }
}
