package dev.striate.data.set;

import dev.striate.data.picture.Picture;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Pictures with one class each, and the same turned by a quarter, a half and three quarters, each turn as further classes
/// (Santoro et al. 2016, §4.1). Picture i is picture `i / 4` of the set, turned `i % 4` times.
record Rotated(DataSet whole, List<String> classes) implements Classified {
    private static final int TURNS = 4;

    /// The training pictures in all turns; the others as they are.
    static Splits of(Splits splits) {
        var train = of(splits.train());
        return new Splits(splits.name(), train, splits.validation().map(part -> part.among(train.classes)),
                splits.test().among(train.classes), splits.given(), splits.problems());
    }

    private static Rotated of(DataSet set) {
        var names = IntStream.range(0, TURNS).boxed().flatMap(turn -> set.classes().stream()
                .map(name -> turn == 0 ? name : name + " " + turn * 90 + "°")).toList();
        return new Rotated(set, names);
    }

    @Override
    public int size() {
        return TURNS * whole.size();
    }

    @Override
    public int label(int index) {
        return whole.label(index / TURNS) + index % TURNS * whole.classes().size();
    }

    @Override
    public String name(int index) {
        var turn = index % TURNS;
        return whole.name(index / TURNS) + (turn == 0 ? "" : " turned by " + turn * 90 + "°");
    }

    @Override
    public Picture picture(int index) {
        return Stream.iterate(whole.picture(index / TURNS), Rotated::turned).skip(index % TURNS).findFirst()
                .orElseThrow();
    }

    /// A quarter to the right.
    private static Picture turned(Picture picture) {
        var width = picture.width();
        var height = picture.height();
        var channels = picture.channels();
        var pixels = new byte[picture.pixels().length];
        for (var y = 0; y < height; y++) {
            for (var x = 0; x < width; x++) {
                var to = (x * height + height - 1 - y) * channels;
                System.arraycopy(picture.pixels(), (y * width + x) * channels, pixels, to, channels);
            }
        }
        return new Picture(height, width, channels, pixels);
    }
}
