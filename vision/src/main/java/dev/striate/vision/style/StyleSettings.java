package dev.striate.vision.style;

import dev.striate.StriateException;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/// What a stylised picture is to be like, and how it is found.
///
/// @param content what the content of each layer weighs beside others, by the layer's name; empty for the usual ones
/// @param style what the style of each layer weighs beside others; empty for the usual ones
/// @param contentWeight α of the paper, for the first of the sizes; at others a position counts less by as much as there are more
/// @param styleWeight β of the paper
/// @param smoothness what the squared differences of neighbouring pixels weigh (total variation)
/// @param start what the first picture is
/// @param descent how a step is found
/// @param rate of gradient descent and Adam
/// @param steps at each size
/// @param averages whether maps are averaged where the network takes their largest values (§2 of the paper)
/// @param keepsColours whether the content's colours stay, and only its lightness is painted (Gatys et al. 2016, "Preserving
///        color", §3.2)
/// @param sizes the longer sides of the pictures that are painted, one from the other, the last of which is the result's
/// @param seed of noise
public record StyleSettings(Map<String, Double> content, Map<String, Double> style, double contentWeight,
        double styleWeight, double smoothness, Start start, Descent descent, double rate, int steps, boolean averages,
        boolean keepsColours, List<Integer> sizes, long seed) {
    /// Where painting begins.
    public enum Start {
        CONTENT, NOISE
    }

    /// How a step is found.
    public enum Descent {
        GRADIENT, ADAM, LBFGS
    }

    private static final int COARSEST = 256;

    public StyleSettings {
        content = Map.copyOf(content);
        style = Map.copyOf(style);
        sizes = List.copyOf(sizes);
        if (!(contentWeight >= 0 && styleWeight >= 0 && contentWeight + styleWeight > 0 && smoothness >= 0)) {
            throw new StriateException(
                    "Weights of content, style and smoothness from 0 were expected, one of the first two "
                            + "above; received " + contentWeight + ", " + styleWeight + " and " + smoothness + ".");
        }
        if (!(rate > 0) || steps < 1 || sizes.isEmpty() || sizes.stream().anyMatch(size -> size < 1)) {
            throw new StriateException(
                    "A rate above 0, at least one step and sizes from 1 were expected; received " + rate
                            + ", " + steps + " and " + sizes + ".");
        }
    }

    /// L-BFGS from the content, at sizes that grow up to the one asked for, so that strokes are as large in the picture whatever
    /// its size.
    public static StyleSettings usual(int size) {
        return new StyleSettings(Map.of(), Map.of(), 1, 1000, 0, Start.CONTENT, Descent.LBFGS, 0.05, 200, false, false,
                growing(size), 0);
    }

    /// From 256 to a size, each by the same factor, of at most two, larger than the one before; the size alone where it is no larger.
    public static List<Integer> growing(int size) {
        if (size <= COARSEST) return List.of(size);
        var growth = (double) size / COARSEST;
        var steps = Integer.SIZE - Integer.numberOfLeadingZeros((size - 1) / COARSEST); // doublings that reach it
        return IntStream.rangeClosed(0, steps)
                .mapToObj(step -> (int) Math.round(COARSEST * Math.pow(growth, (double) step / steps))).toList();
    }
}
