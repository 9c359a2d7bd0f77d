package dev.striate.detect;

import dev.striate.random.Draws;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/// k-means on the sizes of boxes, from one start: centres are drawn as k-means++ draws them, with the square of the distance
/// to the nearest one before as weight (Arthur and Vassilvitskii 2007, §2.2).
final class SizeClustering {
    private static final int MOST_TURNS = 200;

    private final double[] widths;
    private final double[] heights;

    SizeClustering(List<BoxSize> boxes) {
        widths = boxes.stream().mapToDouble(BoxSize::width).toArray();
        heights = boxes.stream().mapToDouble(BoxSize::height).toArray();
    }

    /// The centres once no box changes its centre any more, or after 200 turns. A centre without boxes stays where it is.
    List<BoxSize> centres(int count, Draws draws) {
        var centres = start(count, draws);
        var nearest = new int[widths.length];
        Arrays.fill(nearest, -1);
        for (var turn = 0; turn < MOST_TURNS && assign(centres, nearest); turn++) centres = means(centres, nearest);
        return List.of(centres);
    }

    private BoxSize[] start(int count, Draws draws) {
        var centres = new BoxSize[count];
        centres[0] = size(draws.nextInt(widths.length));
        var weights = new double[widths.length];
        Arrays.fill(weights, 1);
        for (var k = 1; k < count; k++) {
            for (var i = 0; i < weights.length; i++) {
                var distance = 1 - iou(i, centres[k - 1]);
                weights[i] = Math.min(weights[i], distance * distance);
            }
            centres[k] = size(drawn(weights, draws));
        }
        return centres;
    }

    private BoxSize size(int box) {
        return new BoxSize(widths[box], heights[box]);
    }

    private double iou(int box, BoxSize centre) {
        return BoxSize.iou(widths[box], heights[box], centre.width(), centre.height());
    }

    /// A box by these weights, never one of weight 0.
    private static int drawn(double[] weights, Draws draws) {
        var rest = draws.nextDouble() * Arrays.stream(weights).sum();
        var last = 0;
        for (var i = 0; i < weights.length; i++) {
            if (weights[i] == 0) continue;
            last = i;
            rest -= weights[i];
            if (rest < 0) break;
        }
        return last;
    }

    /// Whether any box changed its centre.
    private boolean assign(BoxSize[] centres, int[] nearest) {
        var changed = false;
        for (var i = 0; i < nearest.length; i++) {
            var best = 0;
            var most = -1.0;
            for (var k = 0; k < centres.length; k++) {
                var here = iou(i, centres[k]);
                if (here > most) {
                    most = here;
                    best = k;
                }
            }
            changed |= nearest[i] != best;
            nearest[i] = best;
        }
        return changed;
    }

    private BoxSize[] means(BoxSize[] centres, int[] nearest) {
        var counts = new int[centres.length];
        var width = new double[centres.length];
        var height = new double[centres.length];
        for (var i = 0; i < nearest.length; i++) {
            counts[nearest[i]]++;
            width[nearest[i]] += widths[i];
            height[nearest[i]] += heights[i];
        }
        return IntStream.range(0, centres.length).mapToObj(
                k -> counts[k] == 0 ? centres[k] : new BoxSize(width[k] / counts[k], height[k] / counts[k]))
                .toArray(BoxSize[]::new);
    }
}
