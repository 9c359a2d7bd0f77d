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
    private static final int TEST = 400;
    /// What the drawn pictures of one part take at most.
    private static final long KEPT_BYTES = 128L << 20;

    /// The scenes known by name.
    static Optional<Splits> named(String name) {
        return switch (name) {
            case "scenes" -> Optional.of(splits(name, Scenes.USUAL, false, 0, TRAIN_DETECTORS, TEST));
            case "scenes-one" -> Optional.of(splits(name, Scenes.ONE, false, 0, TRAIN, TEST));
            case "scenes-masks" -> Optional.of(splits(name, Scenes.USUAL, true, 0, TRAIN, TEST));
            default -> Optional.empty();
        };
    }

    static Splits splits(String name, Scenes scenes, boolean masks, long seed, int train, int test) {
        // The same pictures with boxes as with masks.
        var stream = RandomStream.of(seed).at("scenes");
        return new Splits(name, part(new DrawnScenes(name, scenes, stream.at("train"), masks, train)),
                Optional.empty(), part(new DrawnScenes(name, scenes, stream.at("test"), masks, test)), true);
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
