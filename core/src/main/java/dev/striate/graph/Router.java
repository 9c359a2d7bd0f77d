package dev.striate.graph;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Draws the lines between spots: straight down where the way is free, across between rows, and past the right side of
/// what is in between otherwise, each in a lane of its own.
final class Router {
    private static final double LANE = 9;
    private static final double FIRST_LANE = 16;
    private static final double CORNER = 14;

    private final List<Spot> spots;
    private final List<String> paths = new ArrayList<>();
    private final List<Detour> detours = new ArrayList<>();
    private double right;

    Router(List<Spot> spots) {
        this.spots = spots;
    }

    private record Detour(Spot from, Spot to) {
        int rows() {
            return to.row() - from.row();
        }

        boolean overlaps(Detour other) {
            return from.row() < other.to.row() && other.from.row() < to.row();
        }
    }

    private record Lane(int number, Detour detour) {}

    void add(Spot from, Spot to) {
        if (free(from.column(), from, to)) {
            var bend = from.x() == to.x() ? to.top() : Math.max(from.bottom(), above(to));
            paths.add(straight(from, bend) + curve(from.x(), bend, to.x(), to.top()));
        } else if (free(to.column(), from, to)) {
            var bend = Math.min(to.top(), below(from));
            paths.add(straight(from, from.bottom()) + curve(from.x(), from.bottom(), to.x(), bend)
                    + Svg.format(" L%.1f,%.1f", to.x(), to.top()));
        } else {
            detours.add(new Detour(from, to));
        }
    }

    /// The lines as SVG paths; the short detours take the inner lanes.
    List<String> paths() {
        var lanes = new ArrayList<Lane>();
        detours.sort(Comparator.comparingInt(Detour::rows));
        for (var detour : detours) {
            var number = 0;
            for (var taken = true; taken;) {
                var n = number;
                taken = lanes.stream().anyMatch(lane -> lane.number == n && lane.detour.overlaps(detour));
                if (taken) number++;
            }
            lanes.add(new Lane(number, detour));
            paths.add(detour(detour, number));
        }
        return paths;
    }

    /// How far to the right the lines reach; ask after [#paths].
    double right() {
        return right;
    }

    /// Whether nothing lies in a column between the rows of two spots.
    private boolean free(double column, Spot from, Spot to) {
        return spots.stream().noneMatch(spot -> from.row() < spot.row() && spot.row() < to.row()
                && Math.abs(spot.column() - column) < 1);
    }

    /// The lower edge of the row above a spot.
    private double above(Spot to) {
        return spots.stream().filter(spot -> spot.row() == to.row() - 1).mapToDouble(Spot::bottom).max().orElse(0);
    }

    /// The upper edge of the row below a spot.
    private double below(Spot from) {
        return spots.stream().filter(spot -> spot.row() == from.row() + 1).mapToDouble(Spot::top).min().orElse(0);
    }

    private static String straight(Spot from, double to) {
        return Svg.format("M%.1f,%.1f L%.1f,%.1f", from.x(), from.bottom(), from.x(), to);
    }

    /// Down, across and down again, with rounded corners.
    private static String curve(double x, double y, double toX, double toY) {
        var across = toX - x;
        if (Math.abs(across) < 0.1) return "";
        var middle = (y + toY) / 2 - 2;
        var corner = Math.min(8, Math.min(Math.abs(across) / 2, middle - y));
        var side = Math.copySign(corner, across);
        return Svg.format(" L%.1f,%.1f Q%.1f,%.1f %.1f,%.1f", x, middle - corner, x, middle, x + side, middle)
                + Svg.format(" L%.1f,%.1f Q%.1f,%.1f %.1f,%.1f", toX - side, middle, toX, middle, toX, middle + corner)
                + Svg.format(" L%.1f,%.1f", toX, toY);
    }

    private String detour(Detour detour, int number) {
        var from = detour.from;
        var to = detour.to;
        var beside = spots.stream()
                .filter(spot -> from.row() <= spot.row() && spot.row() <= to.row())
                .mapToDouble(Spot::right)
                .max()
                .orElse(0);
        var x = beside + FIRST_LANE + LANE * number;
        right = Math.max(right, x);
        return Svg.format("M%.1f,%.1f L%.1f,%.1f", from.right(), from.y(), x - CORNER, from.y())
                + Svg.format(" Q%.1f,%.1f %.1f,%.1f", x, from.y(), x, from.y() + CORNER)
                + Svg.format(" L%.1f,%.1f", x, to.y() - CORNER)
                + Svg.format(" Q%.1f,%.1f %.1f,%.1f", x, to.y(), x - CORNER, to.y())
                + Svg.format(" L%.1f,%.1f", to.right(), to.y());
    }
}
