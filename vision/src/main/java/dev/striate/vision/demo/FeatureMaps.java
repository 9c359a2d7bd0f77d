package dev.striate.vision.demo;

import dev.striate.data.batch.Preparation;
import dev.striate.data.picture.Picture;
import dev.striate.graph.Shape;
import dev.striate.graph.Shapes;
import dev.striate.recipe.Precision;
import dev.striate.torch.Device;
import dev.striate.torch.Model;
import dev.striate.weights.ModelFile;
import java.lang.foreign.Arena;
import java.util.List;

/// What a node of a network gives for one picture: its channels, row by row.
record FeatureMaps(String node, Shape shape, float[] values) {

    /// The maps of these nodes.
    static List<FeatureMaps> of(ModelFile file, Picture picture, List<String> nodes) {
        var preparation = new Preparation(file.preprocessing());
        var shapes = Shapes.of(file.network());
        try (var model = Model.of(file.network(), file.tensors(), Device.CPU, Precision.FLOAT32);
                var arena = Arena.ofConfined()) {
            var pixels = arena.allocate(preparation.bytes(), 64);
            preparation.prepare(picture, pixels);
            var values = model.activations(pixels, 1, nodes);
            return nodes.stream()
                    .map(node -> new FeatureMaps(node, shapes.get(file.network().index(node)), values.get(node)))
                    .toList();
        }
    }

    /// The largest value of any channel.
    float largest() {
        var largest = Float.MIN_NORMAL;
        for (var value : values) largest = Math.max(largest, value);
        return largest;
    }
}
