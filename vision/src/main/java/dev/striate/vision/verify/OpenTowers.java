package dev.striate.vision.verify;

import dev.striate.data.batch.Loader;
import dev.striate.data.batch.Loading;
import dev.striate.data.batch.Preparation;
import dev.striate.data.set.DataSet;
import dev.striate.embedding.Towers;
import dev.striate.vision.Inference;
import java.util.Arrays;

/// A network that is ready to embed pictures and to compare embeddings, as long as its inference is open.
record OpenTowers(Inference tower, Comparison comparison) {
    private static final int BATCH = 64;

    static OpenTowers of(Towers towers, Inference whole) {
        return towers.join().isEmpty() ? new OpenTowers(whole, new Comparison.Euclidean())
                : new OpenTowers(whole.part(towers.tower(), BATCH), Comparison.of(towers, whole));
    }

    /// Of all pictures of a set, in its order.
    float[][] embeddings(Preparation preparation, DataSet pictures) {
        var all = new float[pictures.size()][];
        try (var loader = Loader.of(pictures, preparation, Loading.evaluation(Math.min(BATCH, pictures.size())))) {
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
