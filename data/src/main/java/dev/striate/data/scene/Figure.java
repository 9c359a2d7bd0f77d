package dev.striate.data.scene;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleBinaryOperator;

/// The kinds of shapes in scenes, in alphabetical order. Each fits the circle of radius 1 about its centre.
enum Figure {
    CIRCLE((x, y) -> Math.hypot(x, y) - 1),
    CRESCENT((x, y) -> Math.max(Math.hypot(x, y) - 1, 0.78 - Math.hypot(x - 0.5, y))),
    CROSS((x, y) -> Math.min(box(x, y, 0.94, 0.32), box(x, y, 0.32, 0.94))),
    HEART(Figure::heart),
    RING((x, y) -> Math.abs(Math.hypot(x, y) - 0.76) - 0.24),
    SQUARE((x, y) -> box(x, y, 0.7, 0.7)),
    STAR(Figure::star),
    TRIANGLE(Figure::triangle);

    private static final double ROOT = Math.sqrt(3) / 2;
    private static final int POINTS = 5;
    /// How far the star's inner corners are from its centre.
    private static final double INNER = 0.45;

    private final DoubleBinaryOperator distance;

    Figure(DoubleBinaryOperator distance) {
        this.distance = distance;
    }

    /// Below 0 inside, 0 on the outline, above 0 outside; near the outline about the distance from it.
    double distance(double x, double y) {
        return distance.applyAsDouble(x, y);
    }

    /// The figure's name as a class: `circle`.
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    static List<String> labels() {
        return Arrays.stream(values()).map(Figure::label).toList();
    }

    private static double box(double x, double y, double width, double height) {
        return Math.max(Math.abs(x) - width, Math.abs(y) - height);
    }

    private static double triangle(double x, double y) {
        return Math.max(-y, 0.5 * y + ROOT * Math.abs(x)) - 0.5;
    }

    /// A square on its corner with a half circle on each of its upper sides.
    private static double heart(double x, double y) {
        var side = 0.53;
        var down = y - 0.1;
        var lobe = Math.hypot(Math.abs(x) - side / Math.sqrt(2), down + side / Math.sqrt(2)) - side;
        return Math.min((Math.abs(x) + Math.abs(down)) / Math.sqrt(2) - side, lobe);
    }

    /// Ten equal wedges, each one half of a point: what is left of the line from an outer to an inner corner is inside.
    private static double star(double x, double y) {
        var wedge = Math.PI / POINTS;
        var turned = Math.atan2(x, -y) + 2 * Math.PI;
        var angle = Math.abs(turned % (2 * wedge) - wedge);
        var radius = Math.hypot(x, y);
        // Measured from the inner corner's ray, so that the outer corner lies at the angle `wedge`.
        var along = radius * Math.cos(angle) - INNER;
        var across = radius * Math.sin(angle);
        var edgeAlong = Math.cos(wedge) - INNER;
        var edgeAcross = Math.sin(wedge);
        return (along * edgeAcross - across * edgeAlong) / Math.hypot(edgeAlong, edgeAcross);
    }
}
