package dev.striate.vision.train;

import dev.striate.StriateException;
import dev.striate.data.picture.Picture;
import dev.striate.data.picture.Pictures;
import dev.striate.data.set.DataSet;
import dev.striate.graph.Shape;
import dev.striate.recipe.Preprocessing;
import dev.striate.recipe.Preprocessing.Fit;
import java.util.ArrayList;
import java.util.Optional;
import java.util.function.Function;

/// The preprocessing that suits a data set: how its pictures fit the input, and their mean and deviation per channel.
public final class Statistics {
    private static final int SAMPLES = 1000;

    private Statistics() {}

    /// The mean and deviation of a set's pictures, or of a thousand of them, with this fit.
    public static Preprocessing preprocessing(Shape input, DataSet pictures, Function<Picture, Fit> fit) {
        var channels = input.channels();
        var sums = new double[channels];
        var squares = new double[channels];
        var cells = 0L;
        var stride = Math.max(1, pictures.size() / SAMPLES);
        Picture first = null;
        for (var i = 0; i < pictures.size(); i += stride) {
            var decoded = readable(pictures, i);
            if (decoded.isEmpty()) continue;
            var picture = Pictures.withChannels(decoded.get(), channels);
            if (first == null) first = picture;
            add(picture, sums, squares);
            cells += (long) picture.width() * picture.height();
        }
        // Where none can be read, the first one says why.
        if (first == null) first = pictures.picture(0);
        var mean = new ArrayList<Double>();
        var deviation = new ArrayList<Double>();
        for (var c = 0; c < channels; c++) {
            var average = sums[c] / cells;
            mean.add(rounded(average));
            deviation.add(Math.max(0.01, rounded(Math.sqrt(Math.max(0, squares[c] / cells - average * average)))));
        }
        return new Preprocessing(input, fit.apply(first), mean, deviation);
    }

    /// A broken picture is the run's business, by its limits, and not that of its statistics.
    private static Optional<Picture> readable(DataSet pictures, int index) {
        try {
            return Optional.of(pictures.picture(index));
        } catch (StriateException _) {
            return Optional.empty();
        }
    }

    private static void add(Picture picture, double[] sums, double[] squares) {
        var pixels = picture.pixels();
        for (var i = 0; i < pixels.length; i++) {
            var value = (pixels[i] & 0xff) / 255.0;
            sums[i % sums.length] += value;
            squares[i % sums.length] += value * value;
        }
    }

    private static double rounded(double value) {
        return Math.rint(value * 1e4) / 1e4;
    }
}
