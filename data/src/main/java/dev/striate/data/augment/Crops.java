package dev.striate.data.augment;

import dev.striate.data.picture.Pictures;
import dev.striate.data.picture.Varied;
import dev.striate.graph.Size;
import dev.striate.random.Draws;
import dev.striate.recipe.Augmentation.ScaleJitter;

/// Parts of pictures at random places.
final class Crops {
    private Crops() {}

    /// A picture smaller than the crop lies anywhere in it, on black.
    static Varied anywhere(Varied varied, Size size, Draws draws) {
        var picture = varied.picture();
        return varied.window(offset(picture.width() - size.width(), draws),
                offset(picture.height() - size.height(), draws), size.width(), size.height());
    }

    static Varied padded(Varied varied, int padding, Draws draws) {
        return varied.window(draws.nextInt(2 * padding + 1) - padding, draws.nextInt(2 * padding + 1) - padding,
                varied.picture().width(), varied.picture().height());
    }

    static Varied jittered(Varied varied, ScaleJitter jitter, Draws draws) {
        var side = jitter.minSide() + draws.nextInt(jitter.maxSide() - jitter.minSide() + 1);
        var size = Pictures.withShorterSide(varied.picture().size(), side);
        return varied.resized(size.width(), size.height());
    }

    private static int offset(int margin, Draws draws) {
        return margin >= 0 ? draws.nextInt(margin + 1) : -draws.nextInt(1 - margin);
    }
}
