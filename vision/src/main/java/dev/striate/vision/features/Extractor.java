package dev.striate.vision.features;

import dev.striate.StriateException;
import dev.striate.data.batch.Loader;
import dev.striate.data.batch.Loading;
import dev.striate.data.batch.Preparation;
import dev.striate.data.picture.Pictures;
import dev.striate.data.set.DataSet;
import dev.striate.graph.Network;
import dev.striate.graph.Node;
import dev.striate.graph.Shapes;
import dev.striate.recipe.Precision;
import dev.striate.torch.Device;
import dev.striate.torch.Model;
import dev.striate.weights.ModelFile;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.List;

/// A model opened as far as one of its layers.
final class Extractor implements AutoCloseable {
    private static final int BATCH = 32;
    private static final int LISTED = 5;

    private final Preparation preparation;
    private final Model model;
    private final String layer;
    private final int dimensions;

    Extractor(Path file, String layer, Device device) {
        var stored = ModelFile.read(file);
        var network = stored.network();
        check(network, layer);
        dimensions = Math.toIntExact(Shapes.of(network).get(network.index(layer)).elements());
        preparation = new Preparation(stored.preprocessing());
        model = Model.of(network, stored.tensors(), device, Precision.FLOAT32);
        this.layer = layer;
    }

    private static void check(Network network, String layer) {
        var names = network.nodes().stream().map(Node::name).toList();
        if (names.contains(layer)) return;
        throw new StriateException("A layer of " + network.name() + " was expected, the last of which are "
                + String.join(", ", names.subList(Math.max(0, names.size() - LISTED), names.size())) + "; received "
                + layer + ".");
    }

    int dimensions() {
        return dimensions;
    }

    /// N×D, in the set's order.
    float[] vectors(DataSet pictures) {
        var vectors = new float[Math.multiplyExact(pictures.size(), dimensions)];
        var at = 0;
        try (var loader = Loader.of(pictures, preparation, Loading.evaluation(Math.min(BATCH, pictures.size())))) {
            while (loader.hasNext()) {
                try (var batch = loader.next()) {
                    var values = model.activations(batch.pixels(), batch.size(), List.of(layer)).get(layer);
                    System.arraycopy(values, 0, vectors, at, values.length);
                    at += values.length;
                }
            }
        }
        return vectors;
    }

    float[] vector(Path picture) {
        try (var arena = Arena.ofConfined()) {
            var pixels = preparation.prepared(Pictures.read(picture), arena);
            return model.activations(pixels, 1, List.of(layer)).get(layer);
        }
    }

    @Override
    public void close() {
        model.close();
    }
}
