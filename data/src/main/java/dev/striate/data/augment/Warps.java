package dev.striate.data.augment;

import dev.striate.data.picture.Affine;
import dev.striate.data.picture.Pictures;
import dev.striate.data.picture.Varied;
import dev.striate.random.Draws;

/// Moves, turns, enlarges and slants pictures about their centre; they keep their size, and what comes in is black.
final class Warps {
    private Warps() {}

    static Varied translate(Varied varied, double share, Draws draws) {
        var picture = varied.picture();
        return warp(varied, Affine.moved(draws.between(-share, share) * picture.width(),
                draws.between(-share, share) * picture.height()));
    }

    static Varied rotate(Varied varied, double degrees, Draws draws) {
        var angle = Math.toRadians(draws.between(-degrees, degrees));
        var cos = Math.cos(angle);
        var sin = Math.sin(angle);
        return warp(varied, centred(varied, new Affine(cos, -sin, 0, sin, cos, 0)));
    }

    static Varied scale(Varied varied, double min, double max, Draws draws) {
        var factor = draws.between(min, max);
        return warp(varied, centred(varied, Affine.scaled(factor, factor)));
    }

    static Varied shear(Varied varied, double degrees, Draws draws) {
        var slant = Math.tan(Math.toRadians(draws.between(-degrees, degrees)));
        return warp(varied, centred(varied, new Affine(1, slant, 0, 0, 1, 0)));
    }

    private static Affine centred(Varied varied, Affine affine) {
        return affine.about(varied.picture().width() / 2.0, varied.picture().height() / 2.0);
    }

    private static Varied warp(Varied varied, Affine affine) {
        return varied.moved(Pictures.warp(varied.picture(), affine), affine);
    }
}
