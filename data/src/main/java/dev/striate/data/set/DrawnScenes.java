package dev.striate.data.set;

import dev.striate.data.picture.Picture;
import dev.striate.data.scene.Scenes;
import dev.striate.graph.Size;
import dev.striate.random.RandomStream;
import dev.striate.target.Target;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/// Scenes as a data set, with boxes or masks.
record DrawnScenes(String called, Scenes scenes, RandomStream stream, boolean masks, int size) implements DataSet {
    private static final int TRAIN = 2000;
    /// Detectors learn forms from several objects to a picture, of which more help.
    private static final int TRAIN_DETECTORS = 10_000;
    /// Where a border runs wants more: 40,000 pictures, seen three times, a segmenter begins to learn by heart.
    private static final int TRAIN_SEGMENTERS = 120_000;
    private static final int VALIDATION = 200;
    private static final int TEST = 400;
    /// Scores of a pixel in eight, FCN's finest, want shapes of many pixels.
    private static final Size OF_MASKS = Size.square(256);
    /// What the drawn pictures of one part take at most.
    private static final long KEPT_BYTES = 128L << 20;

    /// The scenes known by name.
    static Optional<Splits> named(String name) {
        return switch (name) {
            case "scenes" -> Optional.of(validated(name, Scenes.USUAL, false, TRAIN_DETECTORS));
            case "scenes-one" -> Optional.of(validated(name, Scenes.ONE, false, TRAIN));
            case "scenes-masks" ->
                Optional.of(validated(name, Scenes.USUAL.withSize(OF_MASKS), true, TRAIN_SEGMENTERS));
            default -> Optional.empty();
        };
    }

    private static Splits validated(String name, Scenes scenes, boolean masks, int train) {
        var splits = splits(name, scenes, masks, 0, train, TEST);
        var validation = new DrawnScenes(name, scenes, stream(0).at("validation"), masks, VALIDATION);
        return new Splits(name, splits.train(), Optional.of(part(validation)), splits.test(), true);
    }

    static Splits splits(String name, Scenes scenes, boolean masks, long seed, int train, int test) {
        return new Splits(name, part(new DrawnScenes(name, scenes, stream(seed).at("train"), masks, train)),
                Optional.empty(), part(new DrawnScenes(name, scenes, stream(seed).at("test"), masks, test)), true);
    }

    /// The same pictures with boxes as with masks.
    private static RandomStream stream(long seed) {
        return RandomStream.of(seed).at("scenes");
    }

    private static DataSet part(DataSet drawn) {
        return new Cached(drawn, new AtomicLong(Math.min(KEPT_BYTES, Runtime.getRuntime().maxMemory() / 8)));
    }

    @Override
    public List<String> classes() {
        return masks ? Stream.concat(Stream.of("background"), scenes.labels().stream()).toList() : scenes.labels();
    }

    @Override
    public Target target(int index) {
        return masks ? scenes.mask(stream, index) : scenes.objects(stream, index);
    }

    @Override
    public String name(int index) {
        return called + "#" + index;
    }

    @Override
    public Size pictureSize(int index) {
        return scenes.size();
    }

    @Override
    public Picture picture(int index) {
        return scenes.picture(stream, index);
    }
}
