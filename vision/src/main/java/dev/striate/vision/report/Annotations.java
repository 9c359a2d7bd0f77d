package dev.striate.vision.report;

import dev.striate.StriateException;
import dev.striate.box.Box;
import dev.striate.data.picture.Picture;
import dev.striate.target.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// What is marked or found in a picture, drawn on it. Lines and letters follow the picture's size; a picture too small
/// for letters is enlarged by a whole number first.
public final class Annotations {
    /// The longer side of a drawing has at least so many pixels.
    private static final int LEGIBLE = 480;
    private static final double LETTERS = 0.027;
    private static final double SMALLEST = 13;
    private static final double SMALLEST_ON_FRAMES = 10;
    private static final int ROOM_FOR_LETTERS = 160;
    private static final double LINE = 0.0035;

    private final Picture picture;
    private final int factor;
    private final double width;
    private final double height;
    private final double smallest;
    private final TextStyle style;

    private Annotations(Picture picture) {
        this(picture, Math.ceilDiv(LEGIBLE, Math.max(picture.width(), picture.height())), SMALLEST);
    }

    private Annotations(Picture picture, int factor, double smallest) {
        this.picture = picture;
        this.factor = factor;
        this.smallest = smallest;
        var longer = Math.max(picture.width(), picture.height());
        width = (double) picture.width() * factor;
        height = (double) picture.height() * factor;
        style = TextStyle.plain(Math.max(smallest, longer * factor * LETTERS), Palette.INK);
    }

    /// The picture with its boxes, the first on top: each in the colour of its class ([Palette#series]), its text on a
    /// label of that colour, placed where it hides no other label and no small box if there is such a place.
    public static Picture boxes(Picture picture, List<BoxLabel> boxes) {
        return new Annotations(picture).boxes(boxes);
    }

    /// The same in the picture's own size, as the frames of a video want it: letters are smaller there, and where they would
    /// hide the picture there are none.
    public static Picture boxesAtItsSize(Picture picture, List<BoxLabel> boxes) {
        var letters = Math.max(picture.width(), picture.height()) >= ROOM_FOR_LETTERS;
        return new Annotations(picture, 1, SMALLEST_ON_FRAMES).boxes(letters ? boxes
                : boxes.stream().map(each -> new BoxLabel(each.box(), each.label(), "")).toList());
    }

    /// The picture with a mask over it, and a legend of the classes in it below. Each class has the colour that PASCAL VOC
    /// gives it ([Palette#mask]); what is ignored is light grey. The mask is stretched over the picture.
    ///
    /// @param opacity 0 shows the picture alone, 1 the mask alone
    public static Picture mask(Picture picture, Target.Mask mask, List<String> labels, double opacity) {
        if (!(opacity >= 0 && opacity <= 1)) {
            throw new StriateException("An opacity is from 0 to 1; received " + opacity + ".");
        }
        return new Annotations(Masks.blended(picture, mask, opacity)).legend(Masks.classes(mask, labels), labels);
    }

    /// The picture with what is known of it and no letters, to be shown small: boxes in the colours of their classes, a mask
    /// half transparent.
    public static Picture unlettered(Picture picture, Target target) {
        return switch (target) {
            case Target.Objects(var boxes, _) -> boxes(picture,
                    boxes.stream().map(each -> new BoxLabel(each.box(), each.label(), "")).toList());
            case Target.Mask mask -> Masks.blended(picture, mask, 0.5);
            case Target.Label _,Target.None _ -> picture;
        };
    }

    private Picture boxes(List<BoxLabel> boxes) {
        var canvas = new Canvas(width, height, Palette.WHITE, 1);
        canvas.paste(picture, 0, 0, width, height);
        var seen = boxes.stream().filter(this::isSeen).toList();
        for (var box : seen.reversed()) {
            var colour = Palette.series(box.label());
            var at = enlarged(box.box());
            var line = line(at);
            canvas.frame(at.left(), at.top(), at.width(), at.height(), line * 1.8, Palette.readableOn(colour));
            canvas.frame(at.left(), at.top(), at.width(), at.height(), line, colour);
        }
        var places = new LabelPlaces(width, height, seen.stream().map(box -> enlarged(box.box())).toList());
        seen.stream().filter(box -> !box.text().isEmpty()).forEach(box -> label(canvas, box, places));
        return canvas.picture();
    }

    /// Lines of small boxes are thinner, so that something is seen inside.
    private double line(Box box) {
        var usual = Math.max(2, Math.max(width, height) * LINE);
        return Math.clamp(Math.min(box.width(), box.height()) * 0.05, Math.min(1.5, usual), usual);
    }

    /// Letters of small boxes are smaller, down to half.
    private TextStyle style(Box box) {
        return style.withSize(Math.clamp(box.height() * 0.3, Math.max(smallest, style.size() / 2), style.size()));
    }

    private boolean isSeen(BoxLabel label) {
        var box = label.box();
        return box.right() >= 0 && box.bottom() >= 0 && box.left() <= picture.width() && box.top() <= picture.height();
    }

    private Box enlarged(Box box) {
        var clipped = box.clipped(picture.width(), picture.height());
        return new Box(clipped.left() * factor, clipped.top() * factor, clipped.right() * factor,
                clipped.bottom() * factor);
    }

    private void label(Canvas canvas, BoxLabel box, LabelPlaces places) {
        var at = enlarged(box.box());
        var letters = style(at);
        var pad = letters.size() * 0.3;
        var text = Canvas.cut(box.text(), letters, width - 2 * pad);
        var place = places.take(at, Canvas.width(text, letters) + 2 * pad, letters.size() * 1.35, line(at) / 2);
        var colour = Palette.series(box.label());
        canvas.fill(place.left(), place.top(), place.width(), place.height(), colour);
        canvas.text(text, place.left() + pad, place.bottom() - letters.size() * 0.35,
                letters.withColour(Palette.readableOn(colour)));
    }

    /// The picture above rows of colours and names.
    private Picture legend(int[] classes, List<String> labels) {
        var row = style.size() * 1.7;
        var names = IntStream.of(classes)
                .mapToObj(k -> Canvas.cut(Masks.name(k, labels), style, width - 3 * style.size())).toList();
        var places = new ArrayList<double[]>();
        double x = style.size() / 2;
        var y = height + row * 0.3;
        for (var name : names) {
            var wide = Canvas.width(name, style) + 2.4 * style.size();
            if (x + wide > width && x > style.size() / 2) {
                x = style.size() / 2;
                y += row;
            }
            places.add(new double[] { x, y });
            x += wide;
        }
        var canvas = new Canvas(width, y + row * 1.1, Palette.WHITE, 1);
        canvas.paste(picture, 0, 0, width, height);
        for (var i = 0; i < classes.length; i++) {
            entry(canvas, names.get(i), Palette.mask(classes[i]), places.get(i)[0], places.get(i)[1]);
        }
        return canvas.picture();
    }

    private void entry(Canvas canvas, String name, int colour, double x, double y) {
        var side = style.size();
        canvas.fill(x, y + side * 0.2, side, side, colour);
        canvas.frame(x, y + side * 0.2, side, side, Math.max(1, side / 16), Palette.SOFT);
        canvas.text(name, x + 1.4 * side, y + side * 1.05, style);
    }
}
