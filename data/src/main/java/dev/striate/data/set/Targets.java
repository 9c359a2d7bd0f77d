package dev.striate.data.set;

import dev.striate.data.picture.Affine;
import dev.striate.graph.Size;
import dev.striate.target.Target;
import dev.striate.target.Target.LabelledBox;
import dev.striate.target.Target.Mask;
import java.util.Optional;

/// Functions over targets.
public final class Targets {
    private Targets() {}

    /// What a target is, in words: "a class", "boxes", "a mask", "nothing".
    public static String describe(Target target) {
        return switch (target) {
            case Target.Label _ -> "a class";
            case Target.Objects _ -> "boxes";
            case Mask _ -> "a mask";
            case Target.None _ -> "nothing";
        };
    }

    /// How often a class occurs in a target, by its number: a label once, boxes each, a mask its pixels.
    public static void count(Target target, long[] counts) {
        switch (target) {
            case Target.Label(var label) -> counts[label]++;
            case Target.Objects(var boxes) -> boxes.forEach(box -> counts[box.label()]++);
            case Mask(_, var classes) -> {
                for (var each : classes) {
                    var label = Byte.toUnsignedInt(each);
                    if (label != Mask.IGNORED) counts[label]++;
                }
            }
            case Target.None _ -> {
            }
        }
    }

    /// A target after its picture was moved by `placement` and cut to `size`. A class stays. Boxes become the smallest
    /// boxes about where their corners went, cut at the picture's edges; those of which too little is left are dropped.
    /// Each pixel of a mask takes the class of the nearest pixel that came there, and none where nothing did.
    public static Target moved(Target target, Affine placement, Size size, Visibility rule) {
        return switch (target) {
            case Target.Label label -> label;
            case Target.Objects(var boxes) -> new Target.Objects(boxes.stream()
                    .flatMap(box -> moved(box, placement, size, rule).stream()).toList());
            case Mask mask -> moved(mask, placement, size);
            case Target.None none -> none;
        };
    }

    private static Optional<LabelledBox> moved(LabelledBox object, Affine placement, Size size, Visibility rule) {
        var whole = placement.of(object.box());
        var seen = whole.clipped(size.width(), size.height());
        var isSeen = seen.area() > 0 && seen.area() >= rule.area() * whole.area() && seen.width() >= rule.side()
                && seen.height() >= rule.side();
        return isSeen ? Optional.of(new LabelledBox(seen, object.label(), object.difficult())) : Optional.empty();
    }

    private static Mask moved(Mask mask, Affine placement, Size size) {
        if (placement.equals(Affine.IDENTITY) && size.equals(mask.size())) return mask;
        var back = placement.inverse();
        var classes = new byte[size.area()];
        for (var y = 0; y < size.height(); y++) {
            for (var x = 0; x < size.width(); x++) {
                var fromX = (int) Math.floor(back.x(x + 0.5, y + 0.5));
                var fromY = (int) Math.floor(back.y(x + 0.5, y + 0.5));
                var isInside = fromX >= 0 && fromY >= 0 && fromX < mask.size().width() && fromY < mask.size().height();
                classes[y * size.width() + x] = isInside ? mask.classes()[fromY * mask.size().width() + fromX]
                        : (byte) Mask.IGNORED;
            }
        }
        return new Mask(size, classes);
    }

    /// A mask whose numbers that no class has count for nothing.
    static Mask known(Mask mask, int count) {
        var known = mask.classes().clone();
        for (var i = 0; i < known.length; i++) {
            if (Byte.toUnsignedInt(known[i]) >= count) known[i] = (byte) Mask.IGNORED;
        }
        return new Mask(mask.size(), known);
    }

    /// The same target with class k called `numbers[k]`.
    static Target renumbered(Target target, int[] numbers) {
        return switch (target) {
            case Target.Label(var label) -> new Target.Label(numbers[label]);
            case Target.Objects(var boxes) -> new Target.Objects(boxes.stream()
                    .map(each -> new LabelledBox(each.box(), numbers[each.label()], each.difficult())).toList());
            case Mask mask -> renumbered(mask, numbers);
            case Target.None none -> none;
        };
    }

    private static Mask renumbered(Mask mask, int[] numbers) {
        var classes = mask.classes().clone();
        for (var i = 0; i < classes.length; i++) {
            var label = Byte.toUnsignedInt(classes[i]);
            if (label != Mask.IGNORED) classes[i] = (byte) numbers[label];
        }
        return new Mask(mask.size(), classes);
    }
}
