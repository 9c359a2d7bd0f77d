package dev.striate.data.region;

import dev.striate.StriateException;
import dev.striate.box.Box;
import dev.striate.data.picture.Affine;
import dev.striate.data.picture.Picture;
import dev.striate.graph.Size;

/// How what is in a box becomes a network's input, with some pixels of its surroundings, which are counted in the input
/// (Girshick et al. 2014, appendix A). What lies beyond the picture is of one colour.
public sealed interface Warp {
    /// Stretched to the input in each direction, whatever the box's aspect.
    ///
    /// @param context pixels of the input about the box on each side
    record Anisotropic(int context) implements Warp {
        public Anisotropic {
            check(context);
        }
    }

    /// The smallest square about the box, so that its aspect is kept and its surroundings fill what it does not.
    ///
    /// @param context pixels of the input about the longer side
    record SquareWithContext(int context) implements Warp {
        public SquareWithContext {
            check(context);
        }
    }

    /// The same square, of which all but the box and its context is of one colour.
    ///
    /// @param context pixels of the input about the box on each side
    record Square(int context) implements Warp {
        public Square {
            check(context);
        }
    }

    /// Pixels of the input about the box.
    int context();

    /// The paper's choice: stretched, with 16 pixels about the box, for an input of 227.
    static Warp rcnn() {
        return new Anisotropic(16);
    }

    /// The same for an input of another size, its context in proportion.
    static Warp rcnn(int side) {
        return new Anisotropic(Math.round(side * 16f / 227));
    }

    private static void check(int context) {
        if (context >= 0) return;
        throw new StriateException("A warp expects a context of at least 0 pixels; received " + context + ".");
    }

    /// Where the points of the picture go.
    default Affine placement(Box box, Size input) {
        var width = inside(input.width()) / Math.max(1, box.width());
        var height = inside(input.height()) / Math.max(1, box.height());
        var least = Math.min(width, height);
        var scale = switch (this) {
            case Anisotropic _ -> Affine.scaled(width, height);
            case SquareWithContext _,Square _ -> Affine.scaled(least, least);
        };
        return Affine.moved(-box.centerX(), -box.centerY()).then(scale)
                .then(Affine.moved(input.width() / 2.0, input.height() / 2.0));
    }

    private int inside(int side) {
        if (2 * context() < side) return side - 2 * context();
        throw new StriateException("A context of less than half of the input's " + side + " pixels was expected; "
                + "received " + context() + ".");
    }

    /// The part of the input that shows the picture, as far as that reaches.
    default Box shown(Box box, Size input) {
        var whole = new Box(0, 0, input.width(), input.height());
        return switch (this) {
            case Anisotropic _,SquareWithContext _ -> whole;
            case Square(var context) -> {
                var inner = placement(box, input).of(box);
                yield new Box(inner.left() - context, inner.top() - context, inner.right() + context,
                        inner.bottom() + context).clipped(input.width(), input.height());
            }
        };
    }

    /// What a network of this input sees of a box.
    ///
    /// @param fill for each channel of the picture a value from 0 to 255: the mean of the pictures as a rule
    default Picture of(Picture picture, Box box, Size input, int[] fill) {
        if (fill.length != picture.channels()) {
            throw new StriateException("A fill of " + picture.channels() + " channels was expected; received "
                    + fill.length + ".");
        }
        var placement = placement(box, input);
        var source = placement.inverse().of(shown(box, input)).clipped(picture.width(), picture.height());
        var canvas = Canvas.filled(input, fill);
        if (source.area() == 0) return canvas;
        return Canvas.pasted(canvas, picture, source, placement.of(source));
    }
}
