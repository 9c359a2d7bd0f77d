package dev.striate.vision.explain;

import dev.striate.data.picture.Picture;
import dev.striate.vision.report.Canvas;
import dev.striate.vision.report.ColourMaps;
import dev.striate.vision.report.TextStyle;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Pictures in rows under a title, each with a caption, and a bar that says what the colours mean.
///
/// @param subtitle what is shown, by which method
/// @param columns panels in a row
/// @param side the height of a panel's picture, in units of 1/96 inch
public record ExplanationFigure(String title, String subtitle, List<Panel> panels, int columns, double side,
        Optional<Bar> bar) {
    private static final double SCALE = 2;
    private static final double MARGIN = 20;
    private static final double LARGE = 240;
    private static final double SMALL_SIDE = 72;
    private static final double TOP = 66;
    private static final double CAPTION = 24;
    private static final double GAP = 10;
    private static final double BAR_WIDTH = 14;
    private static final double BAR_ROOM = 86;
    private static final double NARROWEST = 380;
    private static final double HIGHEST_BAR = 240;
    private static final int TICKS = 4;
    private static final int PAPER = 0xffffff;
    private static final int INK = 0x2b2f36;
    private static final int SOFT = 0x6b7280;
    private static final TextStyle TITLE = TextStyle.strong(17, INK);
    private static final TextStyle SMALL = TextStyle.plain(12, SOFT);

    /// A picture and what stands below it.
    public record Panel(Picture picture, String caption) {}

    /// What colours stand for.
    ///
    /// @param isBalanced whether white is 0, blue below and red above; else dark is the least and yellow the most
    public record Bar(boolean isBalanced, double least, double most, String caption) {}

    public ExplanationFigure {
        panels = List.copyOf(panels);
    }

    /// A few large panels in one row.
    static ExplanationFigure row(String title, String subtitle, List<Panel> panels, Optional<Bar> bar) {
        return new ExplanationFigure(title, subtitle, panels, panels.size(), LARGE, bar);
    }

    /// Many small panels of one shape, in rows as even as can be.
    static ExplanationFigure grid(String title, String subtitle, List<Panel> panels, Optional<Bar> bar) {
        var widest = (int) Math.clamp(Math.ceil(Math.sqrt(panels.size() * 1.5)), 1, 12);
        var columns = Math.ceilDiv(panels.size(), Math.ceilDiv(panels.size(), widest));
        return new ExplanationFigure(title, subtitle, panels, columns, SMALL_SIDE, bar);
    }

    /// The figure as a picture, for a screen of today.
    public Picture draw() {
        return draw(SCALE);
    }

    /// The same with so many pixels to a unit.
    public Picture draw(double scale) {
        var column = panels.stream().mapToDouble(this::width).max().orElse(0) + GAP;
        var row = side + CAPTION;
        var rows = Math.ceilDiv(panels.size(), columns);
        var width = 2 * MARGIN + Math.min(columns, panels.size()) * column + bar.map(_ -> BAR_ROOM).orElse(0.0);
        var widest = Math.max(width, NARROWEST);
        var canvas = new Canvas(widest, TOP + rows * row + MARGIN, PAPER, scale);
        canvas.text(Canvas.cut(title, TITLE, widest - 2 * MARGIN), MARGIN, 30, TITLE);
        canvas.text(Canvas.cut(subtitle, SMALL, widest - 2 * MARGIN), MARGIN, 50, SMALL);
        for (var i = 0; i < panels.size(); i++) {
            var x = MARGIN + i % columns * column;
            var y = TOP + i / columns * row;
            var panel = panels.get(i);
            canvas.paste(panel.picture(), x, y, width(panel), side);
            canvas.text(Canvas.cut(panel.caption(), SMALL, column - GAP), x, y + side + 16, SMALL);
        }
        bar.ifPresent(each -> draw(each, canvas, MARGIN + Math.min(columns, panels.size()) * column,
                Math.min(HIGHEST_BAR, rows * row - CAPTION)));
        return canvas.picture();
    }

    private double width(Panel panel) {
        return side * panel.picture().width() / panel.picture().height();
    }

    private static void draw(Bar bar, Canvas canvas, double x, double height) {
        for (var i = 0; i < height; i++) {
            var share = 1 - (i + 0.5) / height;
            canvas.fill(x, TOP + i, BAR_WIDTH, Math.min(1.5, height - i),
                    bar.isBalanced() ? ColourMaps.balance(share) : ColourMaps.heat(share));
        }
        for (var i = 0; i <= TICKS; i++) {
            var share = (double) i / TICKS;
            var y = TOP + height * (1 - share);
            canvas.line(x + BAR_WIDTH, y, x + BAR_WIDTH + 4, y, 1, SOFT);
            canvas.text(number(bar.least() + share * (bar.most() - bar.least())), x + BAR_WIDTH + 7, y + 4, SMALL);
        }
        canvas.text(bar.caption(), x, TOP + height + 16, SMALL);
    }

    /// With three digits that count.
    private static String number(double value) {
        if (value == 0) return "0";
        var size = Math.abs(value);
        if (size >= 1e5 || size < 1e-3) return String.format(Locale.ROOT, "%.1e", value);
        var decimals = Math.max(0, 2 - (int) Math.floor(Math.log10(size)));
        return String.format(Locale.ROOT, "%." + decimals + "f", value);
    }
}
