package dev.striate.yolo;

import dev.striate.box.Box;
import dev.striate.detect.Detection;
import dev.striate.graph.Size;
import java.util.ArrayList;
import java.util.List;

/// Gathers what is found in a picture, before overlapping boxes are suppressed.
public final class Candidates {
    private final List<Detection> found = new ArrayList<>();
    private final List<Place> places = new ArrayList<>();
    private Place place = new Place(0, 0);

    /// Who answers for a box: a cell of the head's map, row by row, and the anchor or box of that cell.
    record Place(int cell, int anchor) {}

    /// Says who answers for what is added next.
    void from(int cell, int anchor) {
        place = new Place(cell, anchor);
    }

    /// A box that is given in shares of the input's sides.
    void add(Located box, Size input, int label, double score) {
        add(box.x() * input.width(), box.y() * input.height(), box.width() * input.width(),
                box.height() * input.height(), label, score);
    }

    /// A box by its centre, width and height. One that is not finite is left out: a network far from trained gives such.
    void add(double x, double y, double width, double height, int label, double score) {
        if (!Double.isFinite(x + y + width + height) || width < 0 || height < 0) return;
        found.add(new Detection(Box.around(x, y, width, height), label, score));
        places.add(place);
    }

    /// All that was found, in the order of cells.
    public List<Detection> found() {
        return List.copyOf(found);
    }

    /// Who answers for each.
    List<Place> places() {
        return places;
    }
}
