package dev.striate.recipe;

import dev.striate.StriateException;
import dev.striate.graph.Shape;
import dev.striate.graph.Size;
import java.util.Collections;
import java.util.List;

/// How a decoded picture becomes a network's input, the same in training, evaluation, prediction, export and serving:
/// grey or RGB by the input's channels, fitted to its size, divided by 255, less `mean`, divided by `deviation`, per channel.
public record Preprocessing(Shape input, Fit fit, List<Double> mean, List<Double> deviation) {
    public Preprocessing {
        mean = List.copyOf(mean);
        deviation = List.copyOf(deviation);
        if (mean.size() != input.channels() || deviation.size() != input.channels()) {
            throw new StriateException("The preprocessing of an input of " + input.channels()
                    + " channels expects as many means and deviations; received " + mean.size() + " and "
                    + deviation.size() + ".");
        }
    }

    /// Without normalisation: values from 0 to 1.
    public static Preprocessing plain(Shape input, Fit fit) {
        return new Preprocessing(input, fit, Collections.nCopies(input.channels(), 0.0),
                Collections.nCopies(input.channels(), 1.0));
    }

    /// The same by another way to the input's size.
    public Preprocessing withFit(Fit fit) {
        return new Preprocessing(input, fit, mean, deviation);
    }

    /// The same for another size of input; sides that a fit names stay in proportion to it.
    public Preprocessing withSize(Size size) {
        return new Preprocessing(input.withSize(size), scaled(size), mean, deviation);
    }

    private Fit scaled(Size size) {
        return switch (fit) {
            case CenterCrop(var shortSide) -> {
                var before = Math.min(input.height(), input.width());
                yield new CenterCrop(Math.ceilDiv(shortSide * Math.min(size.height(), size.width()), before));
            }
            case Border(var inner) -> new Border(new Size(Math.max(1, inner.height() * size.height() / input.height()),
                    Math.max(1, inner.width() * size.width() / input.width())));
            case Stretch _,CornerStretch _,Letterbox _ -> fit;
        };
    }

    /// How a picture of any size comes to the input's size. Shrinking averages areas, enlarging is bilinear.
    public sealed interface Fit {}

    /// Resizes both sides, whatever the aspect.
    public record Stretch() implements Fit {}

    /// Resizes both sides as Darknet does: bilinear between the four nearest pixels, corner to corner, without averaging
    /// where it shrinks. Its weights have seen such pictures.
    public record CornerStretch() implements Fit {}

    /// Resizes the shorter side to `shortSide` pixels, then cuts the input's size out of the middle.
    public record CenterCrop(int shortSide) implements Fit {
        /// ImageNet's usual proportion: 224 of 256 pixels (Krizhevsky et al. 2012, §2 and §4.1).
        public static CenterCrop usual(int side) {
            return new CenterCrop(Math.round(side * 256 / 224f));
        }
    }

    /// Resizes the whole picture, its aspect kept, until it fits, and centres it on grey (0 to 255): detectors' way, since
    /// no object is cut off or squeezed.
    public record Letterbox(int grey) implements Fit {
        /// Darknet's border, half of white.
        public static final Letterbox DARKNET = new Letterbox(128);

        public Letterbox {
            Expect.that(grey >= 0 && grey <= 255, "The grey of a letterbox", "a number from 0 to 255", grey);
        }
    }

    /// Resizes to `inner`, then centres that in the input's size on black: MNIST's 28×28 in LeNet-5's 32×32.
    public record Border(Size inner) implements Fit {}
}
