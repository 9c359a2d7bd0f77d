package dev.striate.vision.verify;

import dev.striate.data.batch.Augmenter;
import dev.striate.data.batch.Loader;
import dev.striate.data.batch.Loading;
import dev.striate.data.batch.Preparation;
import dev.striate.data.picture.Picture;
import dev.striate.data.picture.Pictures;
import dev.striate.data.set.DataSet;
import dev.striate.embedding.Towers;
import dev.striate.vision.Inference;
import java.lang.foreign.Arena;
import java.util.Arrays;

/// A network that is ready to embed pictures and to compare embeddings, as long as its inference is open.
///
/// @param mirrored whether an embedding is the mean of a picture's and its mirror image's
record OpenTowers(Inference tower, Comparison comparison, boolean mirrored) {
    private static final int BATCH = 64;

    static OpenTowers of(Towers towers, Inference whole, boolean mirrored) {
        return towers.join().isEmpty() ? new OpenTowers(whole, new Comparison.Euclidean(), mirrored)
                : new OpenTowers(whole.part(towers.tower(), BATCH), Comparison.of(towers, whole), mirrored);
    }

    float[] embedding(Preparation preparation, Picture picture) {
        var own = once(preparation, picture);
        return mirrored ? unit(own, once(preparation, Pictures.mirrored(picture))) : own;
    }

    private float[] once(Preparation preparation, Picture picture) {
        try (var arena = Arena.ofConfined()) {
            return tower.run(preparation.prepared(picture, arena), 1).main();
        }
    }

    /// The direction between two vectors of length 1.
    private static float[] unit(float[] one, float[] other) {
        var sum = new float[one.length];
        var squares = 0.0;
        for (var k = 0; k < sum.length; k++) {
            sum[k] = one[k] + other[k];
            squares += (double) sum[k] * sum[k];
        }
        var length = (float) Math.sqrt(Math.max(squares, Double.MIN_NORMAL));
        for (var k = 0; k < sum.length; k++) sum[k] /= length;
        return sum;
    }

    /// Of all pictures of a set, in its order.
    float[][] embeddings(Preparation preparation, DataSet pictures) {
        var plain = Augmenter.none(preparation);
        var all = embeddings(preparation, plain, pictures);
        if (!mirrored) return all;
        var others = embeddings(preparation, (picture, draws) -> plain.vary(Pictures.mirrored(picture), draws),
                pictures);
        for (var i = 0; i < all.length; i++) all[i] = unit(all[i], others[i]);
        return all;
    }

    /// The same of pictures that are varied.
    float[][] embeddings(Preparation preparation, Augmenter augmenter, DataSet pictures) {
        var all = new float[pictures.size()][];
        var loading = Loading.evaluation(Math.min(BATCH, pictures.size()));
        try (var loader = Loader.of(pictures, preparation, augmenter, loading)) {
            while (loader.hasNext()) {
                try (var batch = loader.next()) {
                    var values = tower.run(batch.pixels(), batch.size()).main();
                    var length = values.length / batch.size();
                    for (var i = 0; i < batch.size(); i++) {
                        all[batch.indices()[i]] = Arrays.copyOfRange(values, i * length, (i + 1) * length);
                    }
                }
            }
        }
        return all;
    }
}
