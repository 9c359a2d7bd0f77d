package dev.striate.vision.report;

import dev.striate.data.picture.Picture;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// How often a picture of one class (row) was taken for another (column): the counts, and beside them the shares of each
/// row.
public final class ConfusionMatrix {
    private static final int SIDE = 440;
    private static final int GAP = 40;
    private static final int TOP = 78;
    private static final int BOTTOM = 44;
    private static final int MARGIN = 20;
    private static final int NAME = 170;
    /// Rows lower than this have no names.
    private static final int LEGIBLE = 10;
    private static final int[] SHADES = { 0xffffff, 0x9ecae1, 0x3182bd, 0x08519c };
    private static final TextStyle TITLE = TextStyle.strong(14, Palette.INK);
    private static final TextStyle TEXT = TextStyle.plain(11, Palette.INK);
    private static final TextStyle NUMBER = TextStyle.plain(11, Palette.SOFT);
    private static final double SMALLEST = 6.5;

    private final List<String> labels;
    private final long[][] confusion;
    private final int cell;
    private final int names;
    private final Canvas canvas;

    private ConfusionMatrix(List<String> labels, long[][] confusion) {
        this.labels = labels;
        this.confusion = confusion;
        var classes = confusion.length;
        cell = Math.clamp(SIDE / classes, 1, 52);
        names = cell < LEGIBLE ? 0
                : (int) Math.ceil(Math.min(NAME, labels.stream()
                        .mapToDouble(label -> Canvas.width(label, TEXT)).max().orElse(0))) + 34;
        var width = Math.max(MARGIN + names + 2 * cell * classes + GAP + MARGIN, 400);
        // Matrices of thousands of classes have a pixel for each, and no more.
        canvas = new Canvas(width, (double) TOP + cell * classes + BOTTOM, Palette.WHITE, classes <= SIDE ? 2 : 1);
    }

    /// Draws the matrix; names and numbers are written where the cells have room for them.
    public static Picture draw(List<String> labels, long[][] confusion) {
        var matrix = new ConfusionMatrix(labels, confusion);
        var left = MARGIN + matrix.names;
        var side = matrix.cell * confusion.length;
        matrix.rows(left);
        matrix.panel("counts", left, false);
        matrix.panel("shares of each row", left + side + GAP, true);
        matrix.canvas.text("rows: truth; columns: prediction", left, TOP + side + 28, NUMBER);
        return matrix.canvas.picture();
    }

    /// The same of smaller numbers.
    public static Picture draw(List<String> labels, int[][] confusion) {
        return draw(labels, Arrays.stream(confusion).map(row -> Arrays.stream(row).asLongStream().toArray())
                .toArray(long[][]::new));
    }

    private void rows(int left) {
        if (names == 0) return;
        for (var i = 0; i < labels.size(); i++) {
            var baseline = TOP + (i + 0.5) * cell + 4;
            canvas.rightAligned(Integer.toString(i), left - 8, baseline, NUMBER);
            canvas.rightAligned(Canvas.cut(labels.get(i), TEXT, NAME), left - 32, baseline, TEXT);
        }
    }

    private void panel(String title, int left, boolean shares) {
        canvas.text(title, left, TOP - 40, TITLE);
        var side = cell * confusion.length;
        for (var row = 0; row < confusion.length; row++) {
            if (names > 0 && (cell >= 20 || row % 5 == 0)) {
                canvas.centred(Integer.toString(row), left + (row + 0.5) * cell, TOP - 10, NUMBER);
            }
            var total = Arrays.stream(confusion[row]).sum();
            for (var column = 0; column < confusion.length; column++) {
                cell(left + column * cell, TOP + row * cell, confusion[row][column], total, shares);
            }
        }
        canvas.frame(left, TOP, side, side, 1, Palette.SOFT);
    }

    /// The root makes rare confusions visible.
    private void cell(int x, int y, long count, long total, boolean shares) {
        if (count == 0) return;
        var share = (double) count / total;
        var shade = Palette.between(SHADES, Math.sqrt(share));
        canvas.fill(x, y, cell, cell, shade);
        var text = shares ? share(share) : Long.toString(count);
        if (cell < LEGIBLE) return;
        var size = Math.min(TEXT.size(), TEXT.size() * (cell - 4) / Canvas.width(text, TEXT));
        if (size < SMALLEST) return;
        var style = TextStyle.plain(size, Palette.readableOn(shade));
        canvas.centred(text, x + cell / 2.0, y + cell / 2.0 + size * 0.36, style);
    }

    private static String share(double share) {
        if (share == 1) return "1";
        return share > 0.995 ? ".99" : String.format(Locale.ROOT, "%.2f", share).substring(1);
    }
}
