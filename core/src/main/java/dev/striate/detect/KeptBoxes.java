package dev.striate.detect;

import java.util.Arrays;

/// Boxes of one class, and which of them were kept so far.
///
/// Kept boxes lie in a grid by their centres. Two boxes of an overlap above t overlap by more than t in each direction
/// alone, so with widths a and b their centres are less than `(a + b)/2 · (1 − t)/(1 + t)` apart, and b < a/t. A box is
/// therefore compared with the kept ones in a few cells, and not with all. Only where thousands of boxes of all shapes lie
/// about one centre, and a high threshold keeps them, does a box meet most of those before it.
final class KeptBoxes {
    /// Kept boxes to a cell, were all kept and spread evenly.
    private static final int TO_A_CELL = 4;
    private static final int MOST_CELLS_ON_A_SIDE = 128;

    private final Suppression suppression;
    private final double iou;
    private final double[] left;
    private final double[] top;
    private final double[] right;
    private final double[] bottom;
    private final double[] area;
    private final Axis x;
    private final Axis y;
    /// Of each cell the box kept last, and of each box the one kept before it in its cell; −1 for none.
    private final int[] last;
    private final int[] before;

    KeptBoxes(double[] corners, int[] boxes, Suppression suppression) {
        this.suppression = suppression;
        iou = suppression.threshold();
        left = column(corners, boxes, 0);
        top = column(corners, boxes, 1);
        right = column(corners, boxes, 2);
        bottom = column(corners, boxes, 3);
        area = new double[boxes.length];
        for (var i = 0; i < area.length; i++) area[i] = (right[i] - left[i]) * (bottom[i] - top[i]);
        var side = Math.clamp((int) Math.sqrt((double) boxes.length / TO_A_CELL), 1, MOST_CELLS_ON_A_SIDE);
        x = Axis.of(left, right, side, iou);
        y = Axis.of(top, bottom, side, iou);
        last = new int[x.cells() * y.cells()];
        before = new int[boxes.length];
        Arrays.fill(last, -1);
    }

    private static double[] column(double[] corners, int[] boxes, int corner) {
        var column = new double[boxes.length];
        for (var i = 0; i < column.length; i++) column[i] = corners[4 * boxes[i] + corner];
        return column;
    }

    /// Keeps a box unless a kept one overlaps it too much; says whether it did.
    boolean keep(int box) {
        if (area[box] == 0) return true;
        if (isCovered(box)) return false;
        var cell = y.cell(y.center(box)) * x.cells() + x.cell(x.center(box));
        before[box] = last[cell];
        last[cell] = box;
        return true;
    }

    private boolean isCovered(int box) {
        var fromX = x.cell(x.center(box) - x.reach(box));
        var toX = x.cell(x.center(box) + x.reach(box));
        var toY = y.cell(y.center(box) + y.reach(box));
        // An overlap is at most the ratio of the areas, which is cheaper to look at.
        var smallest = area[box] * iou * (1 - 1e-9);
        var largest = area[box] / iou * (1 + 1e-9);
        for (var row = y.cell(y.center(box) - y.reach(box)); row <= toY; row++) {
            for (var column = fromX; column <= toX; column++) {
                for (var kept = last[row * x.cells() + column]; kept >= 0; kept = before[kept]) {
                    if (area[kept] >= smallest && area[kept] <= largest && repeats(box, kept)) return true;
                }
            }
        }
        return false;
    }

    private boolean repeats(int a, int b) {
        var width = Math.max(right[a], right[b]) - Math.min(left[a], left[b]);
        var height = Math.max(bottom[a], bottom[b]) - Math.min(top[a], top[b]);
        var dx = x.center(a) - x.center(b);
        var dy = y.center(a) - y.center(b);
        return suppression.repeats(iou(a, b), dx * dx + dy * dy, width * width + height * height);
    }

    /// As [dev.striate.box.Box#iou].
    private double iou(int a, int b) {
        var width = Math.min(right[a], right[b]) - Math.max(left[a], left[b]);
        if (width <= 0) return 0;
        var height = Math.min(bottom[a], bottom[b]) - Math.max(top[a], top[b]);
        if (height <= 0) return 0;
        var shared = width * height;
        return shared == 0 ? 0 : shared / (area[a] + area[b] - shared);
    }

    /// One direction of the grid.
    ///
    /// @param start the lowest centre
    /// @param widest the longest side
    /// @param cells half as long as a usual box reaches, so that a box looks through some 25
    /// @param slack what rounding may move a centre by
    private record Axis(double[] from, double[] to, double start, double cellsPerPixel, int cells, double widest,
            double slack, double iou) {
        static Axis of(double[] from, double[] to, int mostCells, double iou) {
            var lowest = Double.POSITIVE_INFINITY;
            var highest = Double.NEGATIVE_INFINITY;
            var widest = 0.0;
            var sum = 0.0;
            for (var i = 0; i < from.length; i++) {
                var center = from[i] / 2 + to[i] / 2;
                lowest = Math.min(lowest, center);
                highest = Math.max(highest, center);
                widest = Math.max(widest, to[i] - from[i]);
                sum += to[i] - from[i];
            }
            var slack = 1e-9 * widest + 1e-12 * Math.max(Math.abs(lowest), Math.abs(highest));
            var extent = highest - lowest;
            var reach = reach(sum / from.length, widest, iou) + slack;
            var cells = Math.clamp((int) Math.min(2 * extent / reach, mostCells), 1, mostCells);
            return new Axis(from, to, lowest, cells > 1 ? cells / extent : 0, cells, widest, slack, iou);
        }

        double center(int box) {
            return from[box] / 2 + to[box] / 2;
        }

        /// How far off the centre of a box may lie that overlaps this one too much.
        double reach(int box) {
            return reach(to[box] - from[box], widest, iou) + slack;
        }

        private static double reach(double width, double widest, double iou) {
            var other = width > 0 ? Math.min(widest, width / iou) : 0;
            return (width + other) / 2 * (1 - iou) / (1 + iou);
        }

        int cell(double position) {
            return Math.clamp((int) ((position - start) * cellsPerPixel), 0, cells - 1);
        }
    }
}
