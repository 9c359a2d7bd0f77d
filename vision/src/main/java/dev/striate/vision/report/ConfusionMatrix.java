package dev.striate.vision.report;

import dev.striate.data.picture.Picture;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// How often a picture of one class (row) was taken for another (column): the counts, and beside them the shares of each
/// row.
public final class ConfusionMatrix {
    private static final int SIDE = 420;
    private static final int GAP = 36;
    private static final int TOP = 64;
    private static final int MARGIN = 18;
    private static final int FULL = 0x08519c;

    private ConfusionMatrix() {}

    /// Draws the matrix; numbers are written where the cells have room for them.
    public static Picture draw(List<String> labels, int[][] confusion) {
        var classes = confusion.length;
        var cell = Math.clamp(SIDE / classes, 4, 52);
        var names = cell >= 9 ? (int) Math.min(150, labels.stream().mapToDouble(l -> Figure.width(l, Figure.TEXT)).max()
                .orElse(0)) + 34 : 30;
        var side = cell * classes;
        var width = Math.max(MARGIN + names + 2 * side + GAP + MARGIN, 360);
        try (var figure = new Figure(width, TOP + side + 44)) {
            var left = MARGIN + names;
            rows(figure, labels, cell, left);
            panel(figure, "counts", confusion, cell, left, false);
            panel(figure, "shares of each row", confusion, cell, left + side + GAP, true);
            figure.text("rows: truth; columns: prediction", left, TOP + side + 28, Figure.TEXT, Figure.INK);
            return figure.picture();
        }
    }

    private static void rows(Figure figure, List<String> labels, int cell, int left) {
        if (cell < 9) return;
        for (var i = 0; i < labels.size(); i++) {
            var name = Figure.cut(labels.get(i), Figure.TEXT, 150) + "  " + i;
            figure.rightAligned(name, left - 8, TOP + (i + 0.5) * cell + Figure.TEXT / 2, Figure.TEXT, Figure.INK);
        }
    }

    private static void panel(Figure figure, String title, int[][] confusion, int cell, int left, boolean shares) {
        figure.text(title, left, TOP - 32, Figure.TEXT + 2, Figure.INK);
        for (var row = 0; row < confusion.length; row++) {
            if (cell >= 9 && (cell >= 18 || row % 5 == 0)) {
                figure.centred(Integer.toString(row), left + (row + 0.5) * cell, TOP - 8, Figure.TEXT, Figure.INK);
            }
            var total = Arrays.stream(confusion[row]).sum();
            for (var column = 0; column < confusion.length; column++) {
                var share = total == 0 ? 0 : confusion[row][column] / (double) total;
                var x = left + column * cell;
                var y = TOP + row * cell;
                figure.fill(x, y, cell, cell, shade(share));
                if (confusion[row][column] == 0) continue;
                var text = shares ? share(share) : Integer.toString(confusion[row][column]);
                var size = Math.min(Figure.TEXT, Figure.TEXT * (cell - 5) / Figure.width(text, Figure.TEXT));
                if (size >= 5) {
                    figure.centred(text, x + cell / 2.0, y + cell / 2.0 + size / 2, size,
                            share > 0.5 ? Figure.WHITE : Figure.INK);
                }
            }
        }
        figure.frame(left, TOP, cell * confusion.length, cell * confusion.length, 1, Figure.INK);
    }

    private static String share(double share) {
        return share > 0.995 && share < 1 ? ".99"
                : share == 1 ? "1"
                        : String.format(Locale.ROOT, "%.2f",
                                share).substring(1);
    }

    /// From white to blue; the root makes rare confusions visible.
    private static int shade(double share) {
        var depth = Math.sqrt(share);
        var colour = 0;
        for (var shift = 16; shift >= 0; shift -= 8) {
            var full = FULL >> shift & 0xff;
            colour |= (int) Math.round(255 + depth * (full - 255)) << shift;
        }
        return colour;
    }
}
