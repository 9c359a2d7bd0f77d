package dev.striate.graph;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/// The reading that draws a network as an SVG: boxes coloured by kind of operation from top to bottom, branches side by
/// side, shortcuts as curves; a long network goes on in further strips to the right, joined by lettered ports.
public final class Drawing {
    private static final double MARGIN = 28;
    private static final double HEADER = 96;
    private static final double BETWEEN_STRIPS = 60;
    private static final double WIDEST_BOX = 320;
    private static final int LONGEST_STRIP = 26;

    private final Svg svg = new Svg();
    private final List<LayerBox> boxes;
    private final List<Strip> strips = new ArrayList<>();

    private Drawing(Network network) {
        var shapes = Shapes.of(network);
        var groups = NodeGroups.of(network);
        boxes = groups.stream().map(group -> LayerBox.of(network, group, shapes)).toList();
        var boxWidth = Math.min(WIDEST_BOX, boxes.stream().mapToDouble(LayerBox::width).max().orElse(0));
        var inputs = inputs(network, groups);
        var layout = DrawingLayout.of(inputs);
        var first = 0;
        for (var last : layout.breaks(Math.ceilDiv(layout.height(), LONGEST_STRIP))) {
            strips.add(Strip.of(layout, boxes, inputs, new Strip.Rows(first, last, true), boxWidth));
            first = last + 1;
        }
        var rest = new Strip.Rows(first, layout.height() - 1, false);
        strips.add(Strip.of(layout, boxes, inputs, rest, boxWidth));
    }

    /// The drawing of a network as a self-contained SVG document, without scripts; it prints dark on white.
    public static String svg(Network network) {
        var drawing = new Drawing(network);
        drawing.header(network);
        drawing.strips();
        var height = drawing.strips.stream().mapToDouble(strip -> strip.height).max().orElse(0);
        return drawing.svg.document(network.name(), drawing.width(), HEADER + height + MARGIN);
    }

    /// For each group the groups that it reads.
    private static List<List<Integer>> inputs(Network network, List<NodeGroups.Group> groups) {
        var groupOf = new int[network.nodes().size()];
        for (var g = 0; g < groups.size(); g++) for (var node : groups.get(g).nodes()) groupOf[node] = g;
        return groups.stream()
                .map(group -> network.nodes().get(group.head()).inputs().stream().map(i -> groupOf[i]).toList())
                .toList();
    }

    private double width() {
        var strips = this.strips.stream().mapToDouble(strip -> strip.width + BETWEEN_STRIPS).sum();
        var legend = kinds().stream().mapToDouble(Drawing::legendWidth).sum();
        return Math.max(strips - BETWEEN_STRIPS, legend) + 2 * MARGIN;
    }

    private void header(Network network) {
        var costs = Costs.of(network);
        svg.text(MARGIN, 40, "title", "start", network.name());
        svg.text(MARGIN, 60, "subtitle", "start", String.format(Locale.ROOT, "%s in  ·  %,d parameters  ·  %.3g GMAC",
                network.input(), costs.parameters(), costs.gmac()));
        var x = MARGIN;
        for (var kind : kinds()) {
            svg.rectangle(x, 70, 12, 12, 3, kind);
            svg.text(x + 17, 80, "legend", "start", kind.label);
            x += legendWidth(kind);
        }
    }

    private List<Kind> kinds() {
        return boxes.stream().map(LayerBox::kind).distinct().sorted(Comparator.naturalOrder()).toList();
    }

    private static double legendWidth(Kind kind) {
        return 36 + 5.8 * kind.label.length();
    }

    private void strips() {
        var x = MARGIN;
        for (var i = 0; i < strips.size(); i++) {
            var strip = strips.get(i);
            svg.open(x, HEADER);
            strip.wires.forEach(svg::path);
            for (var port : strip.entries) port(port, i - 1);
            for (var port : strip.exits) port(port, i);
            strip.spots.forEach((index, spot) -> {
                if (!strip.entries.contains(spot)) box(boxes.get(index), spot);
            });
            svg.close();
            x += strip.width + BETWEEN_STRIPS;
        }
    }

    /// Ports are lettered from A; a drawing has few strips.
    private void port(Spot spot, int number) {
        svg.circle(spot.x(), spot.y(), spot.height() / 2);
        svg.text(spot.x(), spot.y() + 3.5, "port", "middle", String.valueOf((char) ('A' + number % 26)));
    }

    private void box(LayerBox box, Spot spot) {
        svg.open(box.tooltip());
        svg.rectangle(spot.left(), spot.top(), spot.width(), spot.height(), box.oneLine() ? 12 : 5, box.kind());
        if (box.oneLine()) {
            svg.text(spot.x(), spot.y() + 4, "detail", "middle", box.line());
        } else {
            svg.text(spot.left() + 10, spot.top() + 16, "name", "start", box.name());
            svg.text(spot.right() - 10, spot.top() + 16, "shape", "end", box.shape());
            svg.text(spot.left() + 10, spot.top() + 32, "detail", "start", box.operation());
            svg.text(spot.right() - 10, spot.top() + 32, "detail", "end", box.folded());
        }
        svg.close();
    }
}
