package dev.striate.vision.features;

import dev.striate.data.batch.Preparation;
import dev.striate.data.picture.Pictures;
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
    private final Preparation preparation;
    private final Model model;
    private final String layer;
    private final int dimensions;

    Extractor(Path file, String layer, Device device) {
        var stored = ModelFile.read(file);
        var network = stored.network();
        dimensions = Math.toIntExact(Shapes.of(network).get(network.index(layer)).elements());
        preparation = new Preparation(stored.preprocessing());
        model = Model.of(network, stored.tensors(), device, Precision.FLOAT32);
        this.layer = layer;
    }

    int dimensions() {
        return dimensions;
    }

    float[] vector(Path picture) {
        try (var arena = Arena.ofConfined()) {
            var pixels = arena.allocate(preparation.bytes(), 64);
            preparation.prepare(Pictures.read(picture), pixels);
            return model.activations(pixels, 1, List.of(layer)).get(layer);
        }
    }

    @Override
    public void close() {
        model.close();
    }
}
