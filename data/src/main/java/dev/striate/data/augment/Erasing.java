package dev.striate.data.augment;

import dev.striate.data.picture.Picture;
import dev.striate.data.picture.Varied;
import dev.striate.random.Draws;
import dev.striate.recipe.Augmentation.RandomErasing;

/// Noise over a random rectangle (Zhong et al. 2017, algorithm 1).
final class Erasing {
    private static final int TRIES = 10;

    private Erasing() {}

    /// Gives up after ten rectangles that do not fit.
    static Varied erase(Varied varied, RandomErasing erasing, Draws draws) {
        var picture = varied.picture();
        for (var i = 0; i < TRIES; i++) {
            var area = draws.between(erasing.minArea(), erasing.maxArea()) * picture.width() * picture.height();
            var aspect = Math.exp(draws.between(Math.log(erasing.minAspect()), Math.log(erasing.maxAspect())));
            var width = (int) Math.round(Math.sqrt(area * aspect));
            var height = (int) Math.round(Math.sqrt(area / aspect));
            if (width < 1 || height < 1 || width > picture.width() || height > picture.height()) continue;
            var x = draws.nextInt(picture.width() - width + 1);
            var y = draws.nextInt(picture.height() - height + 1);
            return varied.coloured(noise(picture, x, y, width, height, draws));
        }
        return varied;
    }

    private static Picture noise(Picture picture, int x, int y, int width, int height, Draws draws) {
        var pixels = picture.pixels().clone();
        var row = new byte[width * picture.channels()];
        for (var line = y; line < y + height; line++) {
            draws.nextBytes(row);
            System.arraycopy(row, 0, pixels, (line * picture.width() + x) * picture.channels(), row.length);
        }
        return new Picture(picture.width(), picture.height(), picture.channels(), pixels);
    }
}
