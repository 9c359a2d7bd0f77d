package dev.striate.data.augment;

import dev.striate.StriateException;
import dev.striate.data.batch.Augmenter;
import dev.striate.data.batch.Sample;
import dev.striate.data.picture.Affine;
import dev.striate.data.picture.Picture;
import dev.striate.data.picture.Varied;
import dev.striate.data.set.DataSet;
import dev.striate.data.set.Targets;
import dev.striate.data.set.Visibility;
import dev.striate.graph.Shape;
import dev.striate.random.Draws;
import dev.striate.random.RandomStream;
import dev.striate.target.Target;
import dev.striate.target.Target.LabelledBox;
import java.util.ArrayList;
import java.util.List;

/// A mosaic (Bochkovskiy et al. 2020, §3.4): four pictures, of each a part as large as its corner, about a random point.
final class FourPictures {
    /// The point lies from a fifth to four fifths of each side, as in Darknet, whose authors the paper's are.
    private static final double MARGIN = 0.2;

    private final byte[] pixels;
    private final Shape input;
    private final List<LabelledBox> boxes = new ArrayList<>();

    private FourPictures(Shape input) {
        this.input = input;
        pixels = new byte[Math.toIntExact(input.elements())];
    }

    /// A corner of the mosaic, in its pixels.
    private record Corner(int left, int top, int width, int height) {
        static List<Corner> about(int x, int y, int width, int height) {
            return List.of(new Corner(0, 0, x, y), new Corner(x, 0, width - x, y), new Corner(0, y, x, height - y),
                    new Corner(x, y, width - x, height - y));
        }
    }

    /// The picture itself above on the left, and three others of the set, each varied by itself.
    static Sample of(DataSet set, int index, Augmenter augmenter, Shape input, RandomStream stream) {
        var draws = stream.draws();
        var mosaic = new FourPictures(input);
        var corners = Corner.about(cut(input.width(), draws), cut(input.height(), draws), input.width(),
                input.height());
        for (var i = 0; i < corners.size(); i++) {
            var each = i == 0 ? index : draws.nextInt(set.size());
            var varied = augmenter.vary(set.picture(each), stream.at(i).draws());
            mosaic.add(part(varied, corners.get(i), draws), objects(set, each), corners.get(i));
        }
        return new Sample(new Picture(input.width(), input.height(), input.channels(), mosaic.pixels),
                new Target.Objects(mosaic.boxes));
    }

    private static int cut(int side, Draws draws) {
        return Math.max(1, (int) draws.between(MARGIN * side, (1 - MARGIN) * side));
    }

    private static Varied part(Varied varied, Corner corner, Draws draws) {
        var x = draws.nextInt(varied.picture().width() - corner.width() + 1);
        var y = draws.nextInt(varied.picture().height() - corner.height() + 1);
        return varied.window(x, y, corner.width(), corner.height());
    }

    private static Target.Objects objects(DataSet set, int index) {
        if (set.target(index) instanceof Target.Objects objects) return objects;
        throw new StriateException("A mosaic expects pictures with boxes; " + set.name(index) + " has "
                + Targets.describe(set.target(index)) + ".");
    }

    private void add(Varied part, Target.Objects objects, Corner corner) {
        var row = corner.width() * input.channels();
        for (var y = 0; y < corner.height(); y++) {
            System.arraycopy(part.picture().pixels(), y * row, pixels,
                    ((corner.top() + y) * input.width() + corner.left()) * input.channels(), row);
        }
        var seen = (Target.Objects) Targets.moved(objects, part, Visibility.USUAL);
        var there = Affine.moved(corner.left(), corner.top());
        for (var each : seen.boxes()) boxes.add(new LabelledBox(there.of(each.box()), each.label(), each.difficult()));
    }
}
