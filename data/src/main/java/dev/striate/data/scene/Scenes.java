package dev.striate.data.scene;

import dev.striate.StriateException;
import dev.striate.data.picture.Picture;
import dev.striate.graph.Size;
import dev.striate.random.RandomStream;
import dev.striate.target.Target;
import dev.striate.target.Target.LabelledBox;
import dev.striate.target.Target.Mask;
import java.util.List;

/// What scenes to draw: pictures of `size` with `fewest` to `most` shapes of the first `classes` kinds, each `smallest`
/// to `largest` of the picture's shorter side across. Shapes have any colour, pattern and turn, and lie over one another;
/// one that others hide for more than 70 % is not drawn, so that fewer than `fewest` may be left.
///
/// A scene depends on these settings, its stream and its number alone.
public record Scenes(Size size, int fewest, int most, int classes, double smallest, double largest) {
    /// 128×128, one to six shapes of eight kinds.
    public static final Scenes USUAL = new Scenes(Size.square(128), 1, 6, Figure.values().length, 0.16, 0.5);
    /// The same with one shape in each picture.
    public static final Scenes ONE = new Scenes(Size.square(128), 1, 1, Figure.values().length, 0.2, 0.7);

    private static final int MOST = 50;
    private static final int SMALLEST_SIDE = 16;
    private static final int LARGEST_SIDE = 4096;

    public Scenes {
        var shorter = Math.min(size.width(), size.height());
        if (shorter < SMALLEST_SIDE || Math.max(size.width(), size.height()) > LARGEST_SIDE) {
            throw new StriateException("Scenes expect sides of " + SMALLEST_SIDE + " to " + LARGEST_SIDE
                    + " pixels; received " + size + ".");
        }
        if (fewest < 0 || most < fewest || most > MOST) {
            throw new StriateException("Scenes expect 0 to " + MOST + " objects, the smaller number first; received "
                    + fewest + " to " + most + ".");
        }
        if (classes < 1 || classes > Figure.values().length) {
            throw new StriateException("Scenes have 1 to " + Figure.values().length + " classes; received " + classes
                    + ".");
        }
        if (!(smallest > 0 && largest >= smallest && largest < 1)) {
            throw new StriateException("Objects of scenes expect shares of the picture's side between 0 and 1, the "
                    + "smaller first; received " + smallest + " to " + largest + ".");
        }
    }

    public Scenes withSize(Size size) {
        return new Scenes(size, fewest, most, classes, smallest, largest);
    }

    public Scenes withObjects(int fewest, int most) {
        return new Scenes(size, fewest, most, classes, smallest, largest);
    }

    public Scenes withClasses(int classes) {
        return new Scenes(size, fewest, most, classes, smallest, largest);
    }

    /// The names of the classes of boxes, in alphabetical order.
    public List<String> labels() {
        return Figure.labels().subList(0, classes);
    }

    /// The objects of a scene: their boxes hold each shape's own pixels, and no column or row more, as if none lay over
    /// it.
    public Target.Objects objects(RandomStream stream, int number) {
        return new Target.Objects(layout(stream, number).stencils().stream()
                .map(each -> new LabelledBox(each.box(), each.placed().figure().ordinal())).toList());
    }

    /// The class of each pixel of a scene as drawn: 0 for the ground, then the classes of [#labels].
    public Mask mask(RandomStream stream, int number) {
        var classes = new byte[size.area()];
        for (var each : layout(stream, number).stencils()) {
            each.fill(classes, size.width(), (byte) (each.placed().figure().ordinal() + 1));
        }
        return new Mask(size, classes);
    }

    /// Draws a scene: RGB.
    public Picture picture(RandomStream stream, int number) {
        return new Painting(size, stream.at(number).at("paint").draws()).of(layout(stream, number));
    }

    private Layout layout(RandomStream stream, int number) {
        return Layout.of(this, stream.at(number).at("layout").draws());
    }
}
