package dev.striate.data.set;

import dev.striate.data.picture.Affine;
import dev.striate.data.picture.Lettering;
import dev.striate.data.picture.Picture;
import dev.striate.data.picture.Pictures;
import dev.striate.random.Draws;
import dev.striate.random.RandomStream;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/// Digits that need no download: 28×28 grey, drawn in several fonts and strokes, then turned, slanted, scaled, moved and
/// disturbed by noise. Each picture depends on the seed, the part and its number alone.
record DrawnDigits(RandomStream stream, List<String> classes, int size) implements Classified {
    static final String NAME = "digits";

    private static final int SIDE = 28;
    /// Digits are drawn this much larger, warped, and shrunk last.
    private static final int DETAIL = 3;
    private static final int TRAIN = 6000;
    private static final int TEST = 1000;
    /// What the decoded pictures of one part take at most.
    private static final long KEPT_BYTES = 16L << 20;

    static Splits splits(long seed) {
        var stream = RandomStream.of(seed).at(NAME);
        return new Splits(NAME, part(stream.at("train"), TRAIN), Optional.empty(), part(stream.at("test"), TEST), true);
    }

    private static DataSet part(RandomStream stream, int size) {
        var digits = IntStream.range(0, 10).mapToObj(Integer::toString).toList();
        return new Cached(new DrawnDigits(stream, digits, size), new AtomicLong(KEPT_BYTES));
    }

    @Override
    public int label(int index) {
        return index % 10;
    }

    @Override
    public String name(int index) {
        return NAME + "#" + index;
    }

    @Override
    public Picture picture(int index) {
        var draws = stream.at(index).draws();
        var fonts = Lettering.Font.values();
        var drawn = Lettering.centred(classes.get(label(index)), fonts[draws.nextInt(fonts.length)], SIDE * DETAIL,
                DETAIL * (16 + draws.nextInt(5)), 2 + draws.nextInt(2 * DETAIL));
        var shrunk = Pictures.resize(Pictures.warp(drawn, warp(draws)), SIDE, SIDE);
        return disturbed(shrunk, draws);
    }

    private static Affine warp(Draws draws) {
        var angle = Math.toRadians(draws.between(-22, 22));
        var cos = Math.cos(angle);
        var sin = Math.sin(angle);
        var middle = SIDE * DETAIL / 2.0;
        var shift = 3.0 * DETAIL;
        return new Affine(1, draws.between(-0.3, 0.3), 0, 0, 1, 0)
                .then(Affine.scaled(draws.between(0.7, 1.1), draws.between(0.75, 1.15)))
                .then(new Affine(cos, -sin, 0, sin, cos, 0))
                .about(middle, middle)
                .then(Affine.moved(draws.between(-shift, shift), draws.between(-shift, shift)));
    }

    /// Other ink, other paper, and noise on both.
    private static Picture disturbed(Picture picture, Draws draws) {
        var paper = draws.between(0, 60);
        var ink = draws.between(150, 255);
        var noise = draws.between(4, 24);
        var pixels = picture.pixels();
        for (var i = 0; i < pixels.length; i++) {
            var clean = paper + (ink - paper) * (pixels[i] & 0xff) / 255;
            pixels[i] = (byte) Math.clamp(Math.round(clean + noise * draws.nextGaussian()), 0, 255);
        }
        return picture;
    }
}
