package dev.striate.data.scene;

import dev.striate.data.picture.Picture;
import dev.striate.graph.Size;
import dev.striate.random.Draws;

/// Paints a layout. Colours, patterns, outlines, shadows and light are drawn for each scene and shape anew, whatever the
/// shapes are, so that nothing but its form tells a shape.
final class Painting {
    private static final float SEEN = 0.45f;
    private static final int TRIES = 12;

    private final Size size;
    private final Draws draws;
    private final float[] pixels;

    Painting(Size size, Draws draws) {
        this.size = size;
        this.draws = draws;
        this.pixels = new float[3 * size.area()];
    }

    Picture of(Layout layout) {
        var ground = Colour.any(0, 0.7, 0.1, 0.95, draws);
        ground(ground);
        strokes(ground);
        var shadow = draws.chance(0.5) ? (float) draws.between(0.2, 0.5) : 0;
        var angle = draws.between(0, 2 * Math.PI);
        for (var stencil : layout.stencils()) {
            var depth = 0.1 * stencil.placed().radius() + 1;
            if (shadow > 0) shadow(stencil, (int) (depth * Math.cos(angle)), (int) (depth * Math.sin(angle)), shadow);
            paint(stencil, ground);
        }
        return finished();
    }

    private void ground(Colour ground) {
        var side = Math.min(size.width(), size.height());
        var other = ground.mixed(Colour.any(0, 0.7, 0.1, 0.95, draws), (float) draws.between(0.1, 0.45));
        var coarse = Pattern.any(draws.between(0.06, 0.25) * side, draws);
        var clouds = Pattern.clouds(draws.between(0.05, 0.3) * side, draws);
        var cloudy = (float) draws.between(0.2, 0.8);
        for (int y = 0, i = 0; y < size.height(); y++) {
            for (var x = 0; x < size.width(); x++, i += 3) {
                var share = (1 - cloudy) * coarse.at(x, y) + cloudy * clouds.at(x, y);
                pixels[i] = ground.red() + share * (other.red() - ground.red());
                pixels[i + 1] = ground.green() + share * (other.green() - ground.green());
                pixels[i + 2] = ground.blue() + share * (other.blue() - ground.blue());
            }
        }
    }

    /// Thin lines that belong to no shape.
    private void strokes(Colour ground) {
        var side = Math.min(size.width(), size.height());
        for (var left = draws.nextInt(5); left > 0; left--) {
            var colour = ground.mixed(Colour.any(0, 1, 0, 1, draws), 0.6f);
            var x = draws.between(0, size.width());
            var y = draws.between(0, size.height());
            var angle = draws.between(0, 2 * Math.PI);
            var bend = draws.between(-2, 2) / side;
            for (var length = draws.between(0.2, 0.9) * side; length > 0; length -= 0.5) {
                blend((int) x, (int) y, colour, 0.5f);
                x += 0.5 * Math.cos(angle);
                y += 0.5 * Math.sin(angle);
                angle += 0.5 * bend;
            }
        }
    }

    private void shadow(Stencil stencil, int right, int down, float strength) {
        var black = new Colour(0, 0, 0);
        for (int y = 0, i = 0; y < stencil.height(); y++) {
            for (var x = 0; x < stencil.width(); x++, i++) {
                var share = Math.clamp(0.5f - stencil.distances()[i] / 3, 0f, 1f);
                blend(stencil.left() + x + right, stencil.top() + y + down, black, strength * share);
            }
        }
    }

    private void paint(Stencil stencil, Colour ground) {
        var radius = stencil.placed().radius();
        var fill = unlike(ground);
        var other = fill.mixed(unlike(ground), (float) draws.between(0.2, 0.9));
        var pattern = Pattern.any(Math.max(3, draws.between(0.25, 0.7) * radius), draws);
        var edge = draws.chance(0.4) ? fill.mixed(draws.chance(0.5) ? new Colour(0, 0, 0) : new Colour(1, 1, 1), 0.7f)
                : fill;
        var isEdged = edge != fill;
        var thickness = (float) Math.max(1.2, draws.between(0.05, 0.12) * radius);
        for (int y = 0, i = 0; y < stencil.height(); y++) {
            for (var x = 0; x < stencil.width(); x++, i++) {
                var distance = stencil.distances()[i];
                if (distance >= 0.5f) continue;
                var inside = fill.mixed(other, pattern.at(x, y));
                var colour = isEdged ? inside.mixed(edge, Math.clamp(thickness + distance + 0.5f, 0f, 1f)) : inside;
                blend(stencil.left() + x, stencil.top() + y, colour, Math.clamp(0.5f - distance, 0f, 1f));
            }
        }
    }

    /// Any colour that can be told from the ground.
    private Colour unlike(Colour ground) {
        var found = Colour.any(0.1, 1, 0.15, 1, draws);
        for (var i = 1; i < TRIES && found.distance(ground) < SEEN; i++) found = Colour.any(0.1, 1, 0.15, 1, draws);
        return found;
    }

    private void blend(int x, int y, Colour colour, float share) {
        if (x < 0 || y < 0 || x >= size.width() || y >= size.height()) return;
        var i = 3 * (y * size.width() + x);
        pixels[i] += share * (colour.red() - pixels[i]);
        pixels[i + 1] += share * (colour.green() - pixels[i + 1]);
        pixels[i + 2] += share * (colour.blue() - pixels[i + 2]);
    }

    /// Lit from one side, with grain, in 8 bits.
    private Picture finished() {
        var picture = Picture.black(size.width(), size.height(), 3);
        var angle = draws.between(0, 2 * Math.PI);
        var slope = draws.between(0, 0.35);
        var acrossX = (float) (slope * Math.cos(angle) / size.width());
        var acrossY = (float) (slope * Math.sin(angle) / size.height());
        var grain = (float) draws.between(1, 10);
        for (int y = 0, i = 0; y < size.height(); y++) {
            for (var x = 0; x < size.width(); x++) {
                var light = 255 * (1 + acrossX * (x - size.width() / 2f) + acrossY * (y - size.height() / 2f));
                var noise = draws.nextLong();
                for (var channel = 0; channel < 3; channel++, i++, noise >>>= 16) {
                    // The sum of two bytes: a triangle, near enough to a bell.
                    var bell = ((noise & 0xff) + (noise >>> 8 & 0xff) - 255) / 104f;
                    picture.pixels()[i] = (byte) Math.clamp(Math.round(light * pixels[i] + grain * bell), 0, 255);
                }
            }
        }
        return picture;
    }
}
