package dev.striate.data.augment;

import dev.striate.data.picture.Varied;
import dev.striate.random.Draws;
import dev.striate.recipe.Augmentation.ColourJitter;
import dev.striate.recipe.Augmentation.PhotometricDistortion;
import java.util.function.DoubleUnaryOperator;

/// Random changes of colour; values are rounded to 8 bits and kept in 0 to 255 after each.
final class Colours {
    /// The principal components of ImageNet's colours, of values from 0 to 1, and their eigenvalues' roots, as in the
    /// training code of Facebook's ResNets (Krizhevsky et al. 2012, §4.1, print none).
    private static final double[] SPREAD = { 0.2175, 0.0188, 0.0045 };
    private static final double[][] COMPONENTS = { { -0.5675, 0.7192, 0.4009 }, { -0.5808, -0.0045, -0.8140 },
            { -0.5836, -0.6948, 0.4203 } };

    private Colours() {}

    static Varied jitter(Varied varied, ColourJitter jitter, Draws draws) {
        var brightness = factor(jitter.brightness(), draws);
        var contrast = factor(jitter.contrast(), draws);
        var saturation = factor(jitter.saturation(), draws);
        var turn = draws.between(-jitter.hue(), jitter.hue());
        var picture = varied.picture();
        for (var change : order(draws)) {
            picture = switch (change) {
                case 0 -> Tones.brightness(picture, brightness);
                case 1 -> Tones.contrast(picture, contrast);
                case 2 -> Tones.saturation(picture, saturation);
                default -> Hues.turned(picture, turn);
            };
        }
        return varied.coloured(picture);
    }

    static Varied distort(Varied varied, PhotometricDistortion distortion, Draws draws) {
        var contrast = chosen(distortion, draws) ? factor(distortion.contrast(), draws) : 1;
        var contrastFirst = draws.nextBoolean();
        var picture = varied.picture();
        if (chosen(distortion, draws)) picture = Tones.brightness(picture, factor(distortion.brightness(), draws));
        if (contrastFirst) picture = Tones.contrast(picture, contrast);
        if (chosen(distortion, draws)) picture = Tones.saturation(picture, factor(distortion.saturation(), draws));
        if (chosen(distortion, draws)) {
            picture = Hues.turned(picture, draws.between(-distortion.hue(), distortion.hue()));
        }
        if (!contrastFirst) picture = Tones.contrast(picture, contrast);
        return varied.coloured(picture);
    }

    /// A grey picture gets the mean of what the channels would.
    static Varied light(Varied varied, double deviation, Draws draws) {
        var shift = new double[3];
        for (var component = 0; component < 3; component++) {
            var size = draws.nextGaussian() * deviation * SPREAD[component];
            for (var channel = 0; channel < 3; channel++) shift[channel] += COMPONENTS[channel][component] * size * 255;
        }
        var picture = varied.picture();
        if (picture.channels() == 1) {
            var mean = (shift[0] + shift[1] + shift[2]) / 3;
            return varied.coloured(Tones.mapped(picture, value -> value + mean));
        }
        var maps = new DoubleUnaryOperator[3];
        for (var channel = 0; channel < 3; channel++) {
            var by = shift[channel];
            maps[channel] = value -> value + by;
        }
        return varied.coloured(Tones.mapped(picture, maps));
    }

    private static boolean chosen(PhotometricDistortion distortion, Draws draws) {
        return draws.chance(distortion.probability());
    }

    private static double factor(double jitter, Draws draws) {
        return draws.between(Math.max(0, 1 - jitter), 1 + jitter);
    }

    private static int[] order(Draws draws) {
        var order = new int[] { 0, 1, 2, 3 };
        for (var i = 3; i > 0; i--) {
            var j = draws.nextInt(i + 1);
            var swapped = order[i];
            order[i] = order[j];
            order[j] = swapped;
        }
        return order;
    }
}
