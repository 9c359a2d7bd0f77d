package dev.striate.data.augment;

import dev.striate.data.picture.Affine;
import dev.striate.data.picture.Interpolation;
import dev.striate.data.picture.Picture;
import dev.striate.data.picture.Pictures;
import dev.striate.data.picture.Varied;
import dev.striate.graph.Size;
import dev.striate.random.Draws;
import dev.striate.recipe.Augmentation.RandomResizedCrop;

/// Parts with a random share of the area and a random aspect, resized.
final class ResizedCrops {
    private static final int TRIES = 10;
    /// Szegedy et al. 2014, §6: "bilinear, area, nearest neighbor and cubic, with equal probability".
    private static final Interpolation[] ANY = { Interpolation.LINEAR, Interpolation.AREA, Interpolation.NEAREST,
            Interpolation.CUBIC };

    private ResizedCrops() {}

    private record Part(int x, int y, int width, int height) {}

    static Varied crop(Varied varied, RandomResizedCrop crop, Size size, Draws draws) {
        var picture = varied.picture();
        var part = part(picture, crop, draws);
        var interpolation = crop.randomInterpolation() ? ANY[draws.nextInt(ANY.length)] : usual(part, size);
        var resized = Pictures.resize(Pictures.window(picture, part.x(), part.y(), part.width(), part.height(), false),
                size.width(), size.height(), interpolation);
        return varied.moved(resized, Affine.moved(-part.x(), -part.y()).then(
                Affine.scaled((double) size.width() / part.width(), (double) size.height() / part.height())));
    }

    /// Averaging areas costs five times as much as lines, which are as good until they skip pixels, from a half on.
    private static Interpolation usual(Part part, Size size) {
        return part.width() < 2 * size.width() && part.height() < 2 * size.height() ? Interpolation.LINEAR
                : Interpolation.BEST;
    }

    /// Ten tries to find one inside, then the largest in the middle whose aspect is allowed: as torchvision does.
    private static Part part(Picture picture, RandomResizedCrop crop, Draws draws) {
        for (var i = 0; i < TRIES; i++) {
            var area = draws.between(crop.minArea(), crop.maxArea()) * picture.width() * picture.height();
            var aspect = Math.exp(draws.between(Math.log(crop.minAspect()), Math.log(crop.maxAspect())));
            var width = (int) Math.round(Math.sqrt(area * aspect));
            var height = (int) Math.round(Math.sqrt(area / aspect));
            if (width < 1 || height < 1 || width > picture.width() || height > picture.height()) continue;
            return new Part(draws.nextInt(picture.width() - width + 1), draws.nextInt(picture.height() - height + 1),
                    width, height);
        }
        var aspect = Math.clamp((double) picture.width() / picture.height(), crop.minAspect(), crop.maxAspect());
        var width = Math.clamp(Math.round(picture.height() * aspect), 1, picture.width());
        var height = Math.clamp(Math.round(picture.width() / aspect), 1, picture.height());
        return new Part((picture.width() - width) / 2, (picture.height() - height) / 2, width, height);
    }
}
