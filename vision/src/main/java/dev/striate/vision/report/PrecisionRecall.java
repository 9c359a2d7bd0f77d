package dev.striate.vision.report;

import dev.striate.StriateException;
import dev.striate.data.picture.Picture;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/// Precision over recall for each class of a detector, and the mean over all. Of many classes only the worst are named.
public final class PrecisionRecall {
    private static final double SCALE = 2;
    private static final int WIDTH = 760;
    private static final int HEIGHT = 420;
    private static final int LEFT = 64;
    private static final int TOP = 42;
    private static final int BOTTOM = 46;
    /// Where the names begin.
    private static final int NAMES = 546;
    private static final int RIGHT = 16;
    private static final int ROW = 22;
    /// So many classes all have a name and a colour; of more, this many of the worst.
    private static final int ALL = 12;
    private static final int WORST = 6;
    /// Colours told apart; further lines are dashed.
    private static final int COLOURS = 7;
    private static final int STEPS = 101;
    /// The colour of classes without a name.
    static final int OTHERS = 0xcbd0d8;
    private static final TextStyle TITLE = TextStyle.strong(14, Palette.INK);
    private static final TextStyle NAME = TextStyle.plain(12, Palette.INK);
    private static final TextStyle TEXT = TextStyle.plain(11, Palette.SOFT);

    private PrecisionRecall() {}

    /// A class: its precision where so many of its objects are found, by rising recall; both from 0 to 1 and of one length,
    /// empty where nothing was found.
    ///
    /// @param averagePrecision NaN for a class that does not occur, which is left out
    public record Curve(String label, double[] recall, double[] precision, double averagePrecision) {
        public Curve {
            if (recall.length != precision.length) {
                throw new StriateException("A precision for each recall was expected; received " + precision.length
                        + " for " + recall.length + ".");
            }
        }

        /// The highest precision at this recall or more; 0 where so much is never found.
        double precisionFrom(double least) {
            var highest = 0.0;
            for (var i = recall.length - 1; i >= 0 && recall[i] >= least - 1e-12; i--) {
                highest = Math.max(highest, precision[i]);
            }
            return highest;
        }
    }

    /// What stands in the legend, and how its line looks.
    private record Line(String name, String figure, double[] x, double[] y, int colour, boolean dashed,
            double thickness) {}

    /// Draws the classes that occur.
    public static Picture draw(List<Curve> classes) {
        var occurring = classes.stream().filter(each -> !Double.isNaN(each.averagePrecision())).toList();
        var canvas = new Canvas(WIDTH, HEIGHT, Palette.WHITE, SCALE);
        var x = Axis.of(IntStream.empty().asDoubleStream(), Scale.SHARE, LEFT, NAMES - 26.0);
        var y = Axis.of(IntStream.empty().asDoubleStream(), Scale.SHARE, HEIGHT - (double) BOTTOM, TOP);
        Curves.grid(canvas, "recall", x, y);
        canvas.text("precision", LEFT - 40.0, 24, TITLE);
        if (occurring.isEmpty()) {
            canvas.centred("no objects", (x.from() + x.to()) / 2, (y.from() + y.to()) / 2, TEXT);
            return canvas.picture();
        }
        var many = occurring.size() > ALL;
        if (many) for (var each : occurring) stroke(canvas, faint(each), x, y);
        var named = many ? worst(occurring) : List.copyOf(occurring);
        var lines = IntStream.range(0, named.size()).mapToObj(k -> line(named.get(k), k)).toList();
        for (var line : lines.reversed()) stroke(canvas, line, x, y);
        var mean = mean(occurring);
        if (occurring.size() > 1) stroke(canvas, mean, x, y);
        legend(canvas, lines, mean, occurring.size());
        return canvas.picture();
    }

    private static List<Curve> worst(List<Curve> classes) {
        return classes.stream().sorted(Comparator.comparingDouble(Curve::averagePrecision)).limit(WORST).toList();
    }

    private static Line line(Curve curve, int k) {
        return new Line(curve.label(), figure(curve.averagePrecision()), curve.recall(), curve.precision(),
                Palette.series(k), k >= COLOURS, 1.8);
    }

    private static Line faint(Curve curve) {
        return new Line("", "", curve.recall(), curve.precision(), OTHERS, false, 1);
    }

    /// The mean over the classes of the highest precision at each recall or more.
    private static Line mean(List<Curve> classes) {
        var recall = IntStream.range(0, STEPS).mapToDouble(i -> (double) i / (STEPS - 1)).toArray();
        var precision = Arrays.stream(recall).map(least -> classes.stream()
                .mapToDouble(each -> each.precisionFrom(least)).average().orElse(0)).toArray();
        var figure = classes.stream().mapToDouble(Curve::averagePrecision).average().orElse(0);
        return new Line("mean", figure(figure), recall, precision, Palette.INK, false, 3);
    }

    private static String figure(double averagePrecision) {
        return String.format(Locale.ROOT, "%.3f", averagePrecision);
    }

    private static void stroke(Canvas canvas, Line line, Axis x, Axis y) {
        var atX = Arrays.stream(line.x()).map(x::place).toArray();
        var atY = Arrays.stream(line.y()).map(y::place).toArray();
        if (line.dashed()) canvas.dashes(atX, atY, line.thickness(), line.colour());
        else canvas.polyline(atX, atY, line.thickness(), line.colour());
        if (atX.length == 1) canvas.dot(atX[0], atY[0], 3, line.colour());
    }

    /// The names below one another beside the chart, each with its average precision.
    private static void legend(Canvas canvas, List<Line> lines, Line mean, int classes) {
        canvas.rightAligned("average precision", WIDTH - (double) RIGHT, 24, TEXT);
        double row = TOP + 14;
        if (classes > 1) {
            entry(canvas, mean, row);
            row += 1.3 * ROW;
        }
        if (classes > lines.size()) {
            canvas.text("the worst of " + classes + " classes", NAMES, row, TEXT);
            row += ROW;
        }
        for (var line : lines) {
            entry(canvas, line, row);
            row += ROW;
        }
    }

    private static void entry(Canvas canvas, Line line, double baseline) {
        var ends = new double[] { NAMES, NAMES + 18.0 };
        var height = new double[] { baseline - 4, baseline - 4 };
        if (line.dashed()) canvas.dashes(ends, height, 2.6, line.colour());
        else canvas.polyline(ends, height, line.thickness() + 0.8, line.colour());
        canvas.rightAligned(line.figure(), WIDTH - (double) RIGHT, baseline, NAME);
        var room = WIDTH - RIGHT - NAMES - 26 - Canvas.width(line.figure(), NAME) - 10;
        canvas.text(Canvas.cut(line.name(), NAME, room), NAMES + 26.0, baseline, NAME);
    }
}
