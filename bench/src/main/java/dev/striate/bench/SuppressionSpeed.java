package dev.striate.bench;

import dev.striate.detect.NonMaximumSuppression;
import dev.striate.random.Draws;
import dev.striate.random.RandomStream;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Function;

/// Milliseconds of non-maximum suppression of 10,000 boxes, on one core, warm: `SuppressionSpeed [BOXES TURNS]`
///
/// The median of the turns, for boxes anywhere in a picture of 1000×600, of one class and of 80; for guesses at one
/// object, nearly all of which go; and for boxes about one centre of all shapes at a threshold that keeps most, where no
/// place tells them apart.
public final class SuppressionSpeed {
    private static final int WARM = 60;

    private SuppressionSpeed() {}

    public static void main(String[] args) {
        var count = args.length > 0 ? Integer.parseInt(args[0]) : 10_000;
        var turns = args.length > 1 ? Integer.parseInt(args[1]) : 101;
        System.out.printf(Locale.ROOT, "%-44s %8s %8s%n", count + " boxes", "kept", "ms");
        report("anywhere, 1 class, above 0.45", Boxes.anywhere(count, 1), .45, turns);
        report("anywhere, 1 class, above 0.7", Boxes.anywhere(count, 1), .7, turns);
        report("anywhere, 80 classes, above 0.45", Boxes.anywhere(count, 80), .45, turns);
        report("one object, above 0.45", Boxes.oneObject(count), .45, turns);
        report("one object, above 0.9", Boxes.oneObject(count), .9, turns);
        report("one centre, all shapes, above 0.7", Boxes.oneCentre(count), .7, turns);
        report("one centre, all shapes, above 0.95", Boxes.oneCentre(count), .95, turns);
    }

    private static void report(String name, Boxes boxes, double iou, int turns) {
        var kept = 0;
        for (var i = 0; i < WARM; i++) kept = boxes.suppressed(iou);
        var millis = new double[turns];
        for (var i = 0; i < turns; i++) {
            var start = System.nanoTime();
            kept = boxes.suppressed(iou);
            millis[i] = (System.nanoTime() - start) / 1e6;
        }
        Arrays.sort(millis);
        System.out.printf(Locale.ROOT, "%-44s %8d %8.2f%n", name, kept, millis[turns / 2]);
    }

    private record Boxes(double[] corners, double[] scores, int[] labels) {
        private static final int WIDTH = 1000;
        private static final int HEIGHT = 600;

        int suppressed(double iou) {
            return NonMaximumSuppression.indices(corners, scores, labels, iou, Integer.MAX_VALUE).length;
        }

        static Boxes anywhere(int count, int classes) {
            return of(count, classes, draws -> around(WIDTH * draws.nextDouble(), HEIGHT * draws.nextDouble(),
                    Math.exp(Math.log(10) + 3.4 * draws.nextDouble()),
                    Math.exp(Math.log(10) + 3.4 * draws.nextDouble())));
        }

        static Boxes oneObject(int count) {
            return of(count, 1, draws -> around(500 + 20 * draws.nextDouble(), 300 + 20 * draws.nextDouble(),
                    200 + 40 * draws.nextDouble(), 150 + 40 * draws.nextDouble()));
        }

        static Boxes oneCentre(int count) {
            return of(count, 1, draws -> around(500, 300, Math.exp(7 * draws.nextDouble()),
                    Math.exp(7 * draws.nextDouble())));
        }

        private static double[] around(double x, double y, double width, double height) {
            return new double[] { x - width / 2, y - height / 2, x + width / 2, y + height / 2 };
        }

        private static Boxes of(int count, int classes, Function<Draws, double[]> box) {
            var draws = RandomStream.of(1).draws();
            var boxes = new Boxes(new double[4 * count], new double[count], new int[count]);
            for (var i = 0; i < count; i++) {
                System.arraycopy(box.apply(draws), 0, boxes.corners, 4 * i, 4);
                boxes.scores[i] = draws.nextDouble();
                boxes.labels[i] = draws.nextInt(classes);
            }
            return boxes;
        }
    }
}
