package dev.striate.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// A run of rows of a drawing, in pixels from the strip's own top left corner.
///
/// A strip that goes on from another begins with a port, which stands for the one box there that it reads; one that is
/// continued ends with a port.
final class Strip {
    private static final double BETWEEN_ROWS = 24;
    private static final double BETWEEN_COLUMNS = 28;
    private static final double PORT = 18;

    /// The boxes of this strip, and the port at its top under the index of the box that it stands for.
    final Map<Integer, Spot> spots = new TreeMap<>();
    final List<String> wires = new ArrayList<>();
    final List<Spot> entries = new ArrayList<>();
    final List<Spot> exits = new ArrayList<>();
    double width;
    double height;

    private Strip() {}

    /// The rows from `first` to `last` of a layout of boxes that are all `boxWidth` wide.
    static Strip of(DrawingLayout layout, List<LayerBox> boxes, List<List<Integer>> inputs, Rows rows,
            double boxWidth) {
        var strip = new Strip();
        var columnWidth = boxWidth + BETWEEN_COLUMNS;
        if (rows.first > 0) strip.enter(layout, rows.first - 1, columnWidth);
        for (var row = rows.first; row <= rows.last; row++) strip.addRow(layout, boxes, row, columnWidth);
        if (rows.continued) strip.leave(layout, rows.last);
        strip.moveToLeftEdge();
        strip.connect(layout, inputs, rows);
        return strip;
    }

    /// Which rows a strip shows, and whether another goes on from it.
    record Rows(int first, int last, boolean continued) {}

    private void enter(DrawingLayout layout, int row, double columnWidth) {
        var throat = layout.throat(row);
        var spot = new Spot(row, layout.columns[throat], layout.columns[throat] * columnWidth, PORT / 2, PORT, PORT);
        spots.put(throat, spot);
        entries.add(spot);
        height = PORT + BETWEEN_ROWS;
    }

    private void addRow(DrawingLayout layout, List<LayerBox> boxes, int row, double columnWidth) {
        var rowHeight = 0.0;
        for (var i = 0; i < boxes.size(); i++) {
            if (layout.rows[i] == row) rowHeight = Math.max(rowHeight, boxes.get(i).height());
        }
        for (var i = 0; i < boxes.size(); i++) {
            if (layout.rows[i] != row) continue;
            var box = boxes.get(i);
            var full = columnWidth - BETWEEN_COLUMNS;
            spots.put(i, new Spot(row, layout.columns[i], layout.columns[i] * columnWidth, height + rowHeight / 2,
                    box.oneLine() ? Math.min(full, box.width()) : full, box.height()));
        }
        height += rowHeight + BETWEEN_ROWS;
    }

    private void leave(DrawingLayout layout, int row) {
        var throat = spots.get(layout.throat(row));
        exits.add(new Spot(row + 1, throat.column(), throat.x(), height + PORT / 2, PORT, PORT));
        height += PORT + BETWEEN_ROWS;
    }

    private void moveToLeftEdge() {
        height -= BETWEEN_ROWS;
        var left = spots.values().stream().mapToDouble(Spot::left).min().orElse(0);
        spots.replaceAll((_, spot) -> spot.moved(-left));
        entries.replaceAll(spot -> spot.moved(-left));
        exits.replaceAll(spot -> spot.moved(-left));
        width = spots.values().stream().mapToDouble(Spot::right).max().orElse(0);
    }

    private void connect(DrawingLayout layout, List<List<Integer>> inputs, Rows rows) {
        var router = new Router(List.copyOf(spots.values()));
        spots.forEach((index, spot) -> {
            if (spot.row() < rows.first) return;
            for (var input : inputs.get(index)) router.add(spots.get(input), spot);
        });
        for (var exit : exits) router.add(spots.get(layout.throat(rows.last)), exit);
        wires.addAll(router.paths());
        width = Math.max(width, router.right());
    }
}
