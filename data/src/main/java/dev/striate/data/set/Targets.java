package dev.striate.data.set;

import dev.striate.data.picture.Affine;
import dev.striate.data.picture.Varied;
import dev.striate.data.picture.VisibleArea;
import dev.striate.graph.Size;
import dev.striate.target.Target;
import dev.striate.target.Target.LabelledBox;
import dev.striate.target.Target.Mask;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

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

    /// The classes in a target by name, each once: "cat, dog"; empty where there are none.
    public static String summary(Target target, List<String> classes) {
        var counts = new long[classes.size()];
        count(target, counts);
        return IntStream.range(0, counts.length).filter(i -> counts[i] > 0).mapToObj(classes::get)
                .collect(Collectors.joining(", "));
    }

    /// How often a class occurs in a target, by its number: a label once, boxes each, a mask its pixels.
    public static void count(Target target, long[] counts) {
        switch (target) {
            case Target.Label(var label) -> counts[label]++;
            case Target.Objects(var boxes, _) -> boxes.forEach(box -> counts[box.label()]++);
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

    /// A target after its picture was moved by `placement` and cut to `size`, in one step; see [#moved(Target, Varied,
    /// Visibility)].
    public static Target moved(Target target, Affine placement, Size size, Visibility rule) {
        return moved(target, placement, VisibleArea.of(size), size, rule);
    }

    /// A target after its picture was moved. A class stays. Boxes become the smallest boxes about where their corners went,
    /// as far as that part of the picture is seen; those of which too little is left are dropped. Each pixel of a mask
    /// takes the class of the nearest pixel that came there, and none where nothing did.
    public static Target moved(Target target, Varied varied, Visibility rule) {
        return moved(target, varied.placement(), varied.visible(), varied.picture().size(), rule);
    }

    private static Target moved(Target target, Affine placement, VisibleArea visible, Size size, Visibility rule) {
        return switch (target) {
            case Target.Label label -> label;
            case Target.Objects(var boxes, var proposals) -> new Target.Objects(boxes.stream()
                    .flatMap(box -> moved(box, placement, visible, rule).stream()).toList(),
                    proposals.stream().map(box -> visible.within(placement.of(box)).extent())
                            .filter(box -> box.area() > 0).toList());
            case Mask mask -> moved(mask, placement, visible, size);
            case Target.None none -> none;
        };
    }

    private static Optional<LabelledBox> moved(LabelledBox object, Affine placement, VisibleArea visible,
            Visibility rule) {
        var whole = placement.of(object.box());
        var seen = visible.within(whole).extent();
        var isSeen = seen.area() > 0 && seen.area() >= rule.area() * whole.area() && seen.width() >= rule.side()
                && seen.height() >= rule.side();
        return isSeen ? Optional.of(new LabelledBox(seen, object.label(), object.difficult())) : Optional.empty();
    }

    private static Mask moved(Mask mask, Affine placement, VisibleArea visible, Size size) {
        if (placement.equals(Affine.IDENTITY) && size.equals(mask.size()) && visible.isWhole(size)) return mask;
        var classes = new byte[size.area()];
        Arrays.fill(classes, (byte) Mask.IGNORED);
        var back = placement.inverse();
        for (var y = 0; y < size.height(); y++) {
            var row = visible.row(y + 0.5);
            for (var x = (int) Math.ceil(row[0] - 0.5); x + 0.5 < row[1]; x++) {
                var fromX = (int) Math.floor(back.x(x + 0.5, y + 0.5));
                var fromY = (int) Math.floor(back.y(x + 0.5, y + 0.5));
                var isInside = fromX >= 0 && fromY >= 0 && fromX < mask.size().width() && fromY < mask.size().height();
                if (isInside) {
                    classes[y * size.width() + x] = mask.classes()[fromY * mask.size().width() + fromX];
                }
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
            case Target.Objects(var boxes, var proposals) -> new Target.Objects(boxes.stream()
                    .map(each -> new LabelledBox(each.box(), numbers[each.label()], each.difficult())).toList(),
                    proposals);
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
