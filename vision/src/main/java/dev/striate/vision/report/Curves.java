package dev.striate.vision.report;

import dev.striate.data.picture.Picture;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/// Line charts below one another over a common axis.
public final class Curves {
    private static final double SCALE = 2;
    private static final int WIDTH = 760;
    private static final int PANEL = 250;
    private static final int LEFT = 64;
    private static final int RIGHT = 24;
    private static final int TOP = 38;
    private static final int BOTTOM = 46;
    /// Points of a series that are marked by dots, at most: of more, the line is enough.
    private static final int DOTS = 40;
    private static final TextStyle TITLE = TextStyle.strong(14, Palette.INK);
    private static final TextStyle TEXT = TextStyle.plain(11, Palette.SOFT);
    private static final TextStyle NAME = TextStyle.plain(12, Palette.INK);

    private Curves() {}

    /// Points joined by a line; `x` and `y` are of one length.
    public record Series(String name, double[] x, double[] y) {}

    /// A chart.
    public record Panel(String title, String xAxis, List<Series> series, Scale x, Scale y) {
        public Panel {
            series = List.copyOf(series);
        }

        /// A linear chart; where all `x` are whole numbers, so are its ticks.
        public static Panel of(String title, String xAxis, Series... series) {
            var whole = Scale.of(Arrays.stream(series).flatMapToDouble(s -> Arrays.stream(s.x())));
            return new Panel(title, xAxis, List.of(series), whole, Scale.LINEAR);
        }

        public Panel withLogarithmicX() {
            return new Panel(title, xAxis, series, Scale.LOGARITHMIC, y);
        }

        public Panel withLogarithmicY() {
            return new Panel(title, xAxis, series, x, Scale.LOGARITHMIC);
        }

        /// Both axes from 0 to 1, as precision over recall wants them.
        public Panel withShares() {
            return new Panel(title, xAxis, series, Scale.SHARE, Scale.SHARE);
        }
    }

    /// Draws all panels, the first at the top.
    public static Picture draw(List<Panel> panels) {
        var canvas = new Canvas(WIDTH, (double) PANEL * panels.size(), Palette.WHITE, SCALE);
        for (var i = 0; i < panels.size(); i++) draw(canvas, panels.get(i), i * PANEL);
        return canvas.picture();
    }

    private static void draw(Canvas canvas, Panel panel, int top) {
        var x = Axis.of(panel.series().stream().flatMapToDouble(s -> Arrays.stream(s.x())), panel.x(), LEFT,
                WIDTH - RIGHT);
        var y = Axis.of(panel.series().stream().flatMapToDouble(s -> Arrays.stream(s.y())), panel.y(),
                top + PANEL - BOTTOM, top + TOP);
        grid(canvas, panel.xAxis(), x, y);
        if (panel.series().stream().allMatch(series -> stretches(series, x.scale(), y.scale()).isEmpty())) {
            canvas.centred("no numbers", (x.from() + x.to()) / 2, (y.from() + y.to()) / 2, TEXT);
        }
        for (var i = 0; i < panel.series().size(); i++) line(canvas, panel.series().get(i), x, y, Palette.series(i));
        var room = legend(canvas, panel, top + 22);
        canvas.text(Canvas.cut(panel.title(), TITLE, room - LEFT - 16), LEFT, top + 22, TITLE);
    }

    /// Two axes with their ticks, and lines behind what is to be drawn.
    static void grid(Canvas canvas, String xAxis, Axis x, Axis y) {
        for (var tick : y.ticks()) {
            var at = y.place(tick);
            canvas.line(x.from(), at, x.to(), at, 0.8, Palette.FAINT);
            canvas.rightAligned(y.label(tick), x.from() - 8, at + 4, TEXT);
        }
        for (var tick : x.ticks()) {
            var at = x.place(tick);
            canvas.line(at, y.from(), at, y.from() + 4, 1, Palette.SOFT);
            canvas.centred(x.label(tick), at, y.from() + 18, TEXT);
        }
        canvas.line(x.from(), y.from(), x.to(), y.from(), 1, Palette.SOFT);
        canvas.centred(xAxis, (x.from() + x.to()) / 2, y.from() + 36, TEXT);
    }

    private static void line(Canvas canvas, Series series, Axis x, Axis y, int colour) {
        for (var stretch : stretches(series, x.scale(), y.scale())) {
            var atX = stretch.stream().mapToDouble(i -> x.place(series.x()[i])).toArray();
            var atY = stretch.stream().mapToDouble(i -> y.place(series.y()[i])).toArray();
            canvas.polyline(atX, atY, 1.8, colour);
            if (series.x().length > DOTS && atX.length > 1) continue;
            for (var i = 0; i < atX.length; i++) canvas.dot(atX[i], atY[i], series.x().length == 1 ? 4 : 2.6, colour);
        }
    }

    /// The numbers of neighbouring points that the axes can show: the line has a gap where they cannot.
    private static List<List<Integer>> stretches(Series series, Scale x, Scale y) {
        var stretches = new ArrayList<List<Integer>>();
        var shown = IntStream.range(0, series.x().length)
                .filter(i -> x.shows(series.x()[i]) && y.shows(series.y()[i])).toArray();
        for (var k = 0; k < shown.length; k++) {
            if (k == 0 || shown[k] > shown[k - 1] + 1) stretches.add(new ArrayList<>());
            stretches.getLast().add(shown[k]);
        }
        return stretches;
    }

    /// Names the series from the right end leftwards, and says where the names begin.
    private static double legend(Canvas canvas, Panel panel, int baseline) {
        double right = WIDTH - RIGHT;
        if (panel.series().size() < 2) return right;
        var widest = (WIDTH - LEFT - RIGHT) * 0.75 / panel.series().size() - 36;
        for (var i = panel.series().size() - 1; i >= 0; i--) {
            var name = Canvas.cut(panel.series().get(i).name(), NAME, widest);
            canvas.rightAligned(name, right, baseline, NAME);
            right -= Canvas.width(name, NAME) + 6;
            canvas.line(right - 18, baseline - 4, right, baseline - 4, 2.6, Palette.series(i));
            right -= 36;
        }
        return right;
    }
}
