package dev.striate.data.labels;

import dev.striate.box.Box;
import dev.striate.data.labels.Problem.Kind;
import dev.striate.graph.Size;
import dev.striate.target.Target;
import dev.striate.target.Target.LabelledBox;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Makes entries of what files say, and problems of what cannot be so.
///
/// Boxes are cut at their picture's edge, as detection toolkits do: one that ends up to a pixel beyond it comes from
/// rounding, or from counting from 0 instead of 1, and is nobody's mistake; more than that is reported. What has no area
/// inside the picture is no box.
final class Assembly {
    /// How many pixels beyond its picture a box may reach without a word.
    private static final double SLACK = 1;

    private final Format format;
    private final List<String> classes;
    private final Map<String, Integer> numbers = new HashMap<>();
    private final PictureSizes sizes;
    private final Problems problems;

    Assembly(Format format, List<String> classes, PictureSizes sizes, Problems problems) {
        this.format = format;
        this.classes = classes;
        for (var i = 0; i < classes.size(); i++) numbers.put(classes.get(i), i);
        this.sizes = sizes;
        this.problems = problems;
    }

    Reading of(List<RawPicture> pictures) {
        var entries = new ArrayList<Entry>();
        var seen = new HashSet<String>();
        for (var raw : pictures) {
            if (!seen.add(raw.picture())) {
                problems.add(Kind.DUPLICATE, raw.place(), "labels " + raw.picture() + " a second time");
                continue;
            }
            entry(raw).ifPresent(entries::add);
        }
        return new Reading(format, classes, entries, problems.list());
    }

    private Optional<Entry> entry(RawPicture raw) {
        var size = sizes.of(raw.picture());
        if (size.isEmpty()) return Optional.empty();
        if (raw.stated().isPresent() && !raw.stated().get().equals(size.get())) {
            problems.add(Kind.SIZE, raw.place(), "is for a picture of " + text(raw.stated().get()) + "; "
                    + raw.picture() + " is " + text(size.get()));
            return Optional.empty();
        }
        var objects = raw.objects().stream().flatMap(object -> object(object, size.get()).stream()).toList();
        return Optional.of(new Entry(raw.picture(), size.get(), raw.role(),
                new Entry.Answer.Boxes(new Target.Objects(objects))));
    }

    private Optional<LabelledBox> object(RawObject raw, Size size) {
        var number = numbers.get(raw.label());
        if (number == null) {
            problems.add(Kind.CLASS, raw.place(), "is of the class '" + raw.label() + "', which is none of the "
                    + classes.size() + " named");
            return Optional.empty();
        }
        return box(raw, size).map(box -> new LabelledBox(box, number, raw.difficult()));
    }

    private Optional<Box> box(RawObject raw, Size size) {
        if (!Double.isFinite(raw.left() + raw.top() + raw.right() + raw.bottom())) {
            problems.add(Kind.NUMBER, raw.place(), "has a corner that is no finite number");
            return Optional.empty();
        }
        if (raw.left() >= raw.right() || raw.top() >= raw.bottom()) {
            problems.add(Kind.BOX, raw.place(), "has a box without area: " + corners(raw));
            return Optional.empty();
        }
        var box = new Box(raw.left(), raw.top(), raw.right(), raw.bottom());
        var inside = box.clipped(size.width(), size.height());
        if (inside.area() <= 0) {
            problems.add(Kind.BOX, raw.place(), "has a box outside its picture of " + text(size) + ": "
                    + corners(raw));
            return Optional.empty();
        }
        var beyond = Math.max(Math.max(-box.left(), -box.top()),
                Math.max(box.right() - size.width(), box.bottom() - size.height()));
        if (beyond > SLACK) {
            problems.add(Kind.CLIPPED, raw.place(), String.format(Locale.ROOT,
                    "has a box that reaches %.1f pixels beyond its picture of %s", beyond, text(size)));
        }
        return Optional.of(inside);
    }

    private static String corners(RawObject raw) {
        return String.format(Locale.ROOT, "(%.1f, %.1f) to (%.1f, %.1f)", raw.left(), raw.top(), raw.right(),
                raw.bottom());
    }

    /// Width first, as people say it.
    static String text(Size size) {
        return size.width() + "×" + size.height();
    }
}
