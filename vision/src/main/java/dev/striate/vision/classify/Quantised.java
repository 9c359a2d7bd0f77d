package dev.striate.vision.classify;

import dev.striate.data.batch.Loader;
import dev.striate.data.batch.Loading;
import dev.striate.data.set.DataSet;
import dev.striate.json.Json;
import dev.striate.plan.Calibration;
import dev.striate.plan.Quantisation;
import dev.striate.torch.Device;
import dev.striate.vision.Inference;
import dev.striate.vision.Sampled;
import dev.striate.weights.ModelFile;
import java.lang.foreign.Arena;
import java.util.Arrays;

/// A model that runs in int8, and what its layers lose by it.
public record Quantised(ModelFile file, Quantisation quantisation) {
    private static final int BATCH = 64;

    /// Calibrates a model on `n` pictures, evenly spread over a set, as it will be fed them.
    public static Quantised of(ModelFile file, DataSet pictures, int n, Calibration calibration) {
        try (var arena = Arena.ofConfined()) {
            var sample = Sampled.of(pictures, n, file.preprocessing(), arena);
            var quantisation = calibration.quantise(file.network(), file.tensors(), sample.pixels(), sample.count());
            return new Quantised(file.withQuantisation(Json.write(quantisation, Quantisation.class)), quantisation);
        }
    }

    /// What int8 changes on labelled pictures.
    ///
    /// @param agreement the share of pictures to which both give the same answer
    public record Cost(int pictures, double float32Accuracy, double int8Accuracy, double agreement) {}

    /// Runs the model both ways on a set.
    public Cost cost(DataSet pictures) {
        var plain = new ModelFile(file.network(), file.preprocessing(), file.task(), file.recipe(), file.tensors());
        try (var exact = Classifier.of(plain, Device.CPU, Inference.Engine.PLAN);
                var rounded = Classifier.of(file, Device.CPU, Inference.Engine.PLAN)) {
            var ordered = exact.inOrder(pictures);
            var loading = Loading.evaluation(Math.min(BATCH, ordered.size()));
            try (var loader = Loader.of(ordered, exact.preparation(), loading)) {
                return compare(ordered, loader, exact, rounded);
            }
        }
    }

    private static Cost compare(DataSet pictures, Loader loader, Classifier exact, Classifier rounded) {
        var seen = 0;
        var right = new int[2];
        var same = 0;
        while (loader.hasNext()) {
            try (var batch = loader.next()) {
                var expected = exact.inference().run(batch.pixels(), batch.size()).main();
                var given = rounded.inference().run(batch.pixels(), batch.size()).main();
                for (var i = 0; i < batch.size(); i++) {
                    var truth = pictures.label(batch.indices()[i]);
                    var a = exact.reading().verdict(own(expected, i, batch.size()), truth).guess();
                    var b = exact.reading().verdict(own(given, i, batch.size()), truth).guess();
                    if (a == truth) right[0]++;
                    if (b == truth) right[1]++;
                    if (a == b) same++;
                }
                seen += batch.size();
            }
        }
        return new Cost(seen, right[0] / (double) seen, right[1] / (double) seen, same / (double) seen);
    }

    /// Picture `i`'s values.
    private static float[] own(float[] logits, int i, int pictures) {
        var classes = logits.length / pictures;
        return Arrays.copyOfRange(logits, i * classes, (i + 1) * classes);
    }
}
