package dev.striate.vision.report;

import dev.striate.data.picture.Picture;
import java.util.Arrays;
import java.util.List;

/// Line charts below one another over a common axis.
public final class Curves {
    private static final int WIDTH = 760;
    private static final int PANEL = 240;
    private static final int LEFT = 64;
    private static final int RIGHT = 20;
    private static final int TOP = 30;
    private static final int BOTTOM = 44;
    private static final int DOTS = 40;

    private Curves() {}

    /// Points joined by a line; `x` and `y` are of one length.
    public record Series(String name, double[] x, double[] y) {}

    /// A chart; logarithmic axes leave out what is not above 0.
    public record Panel(String title, String xAxis, List<Series> series, boolean logarithmicX, boolean logarithmicY) {
        public Panel {
            series = List.copyOf(series);
        }

        /// Linear axes.
        public static Panel of(String title, String xAxis, Series... series) {
            return new Panel(title, xAxis, List.of(series), false, false);
        }

        public Panel withLogarithmicY() {
            return new Panel(title, xAxis, series, logarithmicX, true);
        }

        public Panel withLogarithmicX() {
            return new Panel(title, xAxis, series, true, logarithmicY);
        }
    }

    /// Draws all panels, the first at the top.
    public static Picture draw(List<Panel> panels) {
        try (var figure = new Figure(WIDTH, PANEL * panels.size())) {
            for (var i = 0; i < panels.size(); i++) draw(figure, panels.get(i), i * PANEL);
            return figure.picture();
        }
    }

    private static void draw(Figure figure, Panel panel, int top) {
        var x = Axis.of(panel.series().stream().flatMapToDouble(s -> Arrays.stream(s.x())),
                panel.logarithmicX(), LEFT, WIDTH - RIGHT);
        var y = Axis.of(panel.series().stream().flatMapToDouble(s -> Arrays.stream(s.y())),
                panel.logarithmicY(), top + PANEL - BOTTOM, top + TOP);
        figure.text(panel.title(), LEFT, top + 18, Figure.TEXT + 2, Figure.INK);
        grid(figure, panel, x, y);
        for (var i = 0; i < panel.series().size(); i++) {
            line(figure, panel.series().get(i), x, y, Figure.SERIES[i % Figure.SERIES.length]);
        }
        legend(figure, panel, top + 18);
    }

    private static void grid(Figure figure, Panel panel, Axis x, Axis y) {
        for (var tick : y.ticks()) {
            var at = y.place(tick);
            figure.line(x.from(), at, x.to(), at, 0.7, Figure.FAINT);
            figure.rightAligned(y.label(tick), x.from() - 6, at + Figure.TEXT / 2, Figure.TEXT, Figure.INK);
        }
        for (var tick : x.ticks()) {
            var at = x.place(tick);
            figure.line(at, y.from(), at, y.to(), 0.7, Figure.FAINT);
            figure.centred(x.label(tick), at, y.from() + 16, Figure.TEXT, Figure.INK);
        }
        figure.line(x.from(), y.from(), x.to(), y.from(), 1, Figure.INK);
        figure.line(x.from(), y.from(), x.from(), y.to(), 1, Figure.INK);
        figure.centred(panel.xAxis(), (x.from() + x.to()) / 2, y.from() + 34, Figure.TEXT, Figure.INK);
    }

    private static void line(Figure figure, Series series, Axis x, Axis y, int colour) {
        for (var i = 0; i < series.x().length; i++) {
            if (!drawable(series, i, x, y)) continue;
            var atX = x.place(series.x()[i]);
            var atY = y.place(series.y()[i]);
            if (i > 0 && drawable(series, i - 1, x, y)) {
                figure.line(x.place(series.x()[i - 1]), y.place(series.y()[i - 1]), atX, atY, 1.6, colour);
            }
            if (series.x().length <= DOTS) figure.fill(atX - 2, atY - 2, 4, 4, colour);
        }
    }

    private static boolean drawable(Series series, int i, Axis x, Axis y) {
        return Double.isFinite(series.y()[i]) && (!y.logarithmic() || series.y()[i] > 0)
                && (!x.logarithmic() || series.x()[i] > 0);
    }

    private static void legend(Figure figure, Panel panel, int baseline) {
        if (panel.series().size() < 2) return;
        double right = WIDTH - RIGHT;
        for (var i = panel.series().size() - 1; i >= 0; i--) {
            var name = panel.series().get(i).name();
            figure.rightAligned(name, right, baseline, Figure.TEXT, Figure.INK);
            right -= Figure.width(name, Figure.TEXT) + 6;
            figure.line(right - 18, baseline - 4, right, baseline - 4, 2.4, Figure.SERIES[i % Figure.SERIES.length]);
            right -= 32;
        }
    }
}
