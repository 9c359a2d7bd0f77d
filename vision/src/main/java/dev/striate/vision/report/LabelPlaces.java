package dev.striate.vision.report;

import dev.striate.box.Box;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Places for the labels of boxes on a drawing of this size, one after the other.
final class LabelPlaces {
    /// A box is small where it has less than so many times a label's area.
    private static final double SMALL = 4;
    /// Text on text is worse than text on a box.
    private static final double TEXT = 4;
    /// What rounding may add to a label as wide as the drawing.
    private static final double SLACK = 1e-6;

    private final double width;
    private final double height;
    private final List<Box> boxes;
    private final List<Box> taken = new ArrayList<>();

    LabelPlaces(double width, double height, List<Box> boxes) {
        this.width = width;
        this.height = height;
        this.boxes = boxes.stream().map(LabelPlaces::withoutLine).toList();
    }

    /// What a box's line covers anyway may be hidden.
    private static Box withoutLine(Box box) {
        var inset = Math.min(box.width(), box.height()) * 0.04;
        return new Box(box.left() + inset, box.top() + inset, box.right() - inset, box.bottom() - inset);
    }

    /// Where a label of `wide` × `high` goes: above its box, at its upper edge inside, below it, at its lower edge inside, to
    /// the right or to the left of it: the first of these within the drawing that hides least.
    ///
    /// @param edge how far a box's line reaches beyond it
    Box take(Box box, double wide, double high, double edge) {
        var left = Math.clamp(box.left() - edge, 0, Math.max(0, width - wide));
        var top = Math.clamp(box.top() - edge, 0, Math.max(0, height - high));
        var places = Stream.of(at(left, box.top() + edge - high, wide, high), at(left, top, wide, high),
                at(left, box.bottom() - edge, wide, high), at(left, box.bottom() + edge - high, wide, high),
                at(box.right() + edge, top, wide, high), at(box.left() - edge - wide, top, wide, high))
                .filter(this::isInside).toList();
        var best = at(left, 0, wide, high);
        var least = Double.POSITIVE_INFINITY;
        for (var place : places) {
            var hidden = hidden(place);
            if (hidden < least) {
                best = place;
                least = hidden;
            }
        }
        taken.add(best);
        return best;
    }

    private static Box at(double left, double top, double wide, double high) {
        return new Box(left, top, left + wide, top + high);
    }

    private boolean isInside(Box place) {
        return place.left() >= 0 && place.top() >= 0 && place.right() <= width + SLACK
                && place.bottom() <= height + SLACK;
    }

    private double hidden(Box place) {
        var hidden = 0.0;
        for (var other : taken) hidden += TEXT * other.intersection(place);
        for (var box : boxes) if (box.area() < SMALL * place.area()) hidden += box.intersection(place);
        return hidden;
    }
}
