package dev.striate.bench;

import dev.striate.data.picture.Picture;
import dev.striate.graph.Shape;
import dev.striate.graph.Shapes;
import dev.striate.recipe.Precision;
import dev.striate.recipe.Preprocessing;
import dev.striate.torch.Device;
import dev.striate.torch.Model;
import dev.striate.weights.ModelFile;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/// The style of a picture as layers see it (Gatys et al. 2016, §2.2): for each two channels of a layer the mean over all positions of
/// their product.
///
/// @param byLayer channels × channels
record Grams(SequencedMap<String, double[]> byLayer) {
    /// @param layers the last of which lies behind the others
    static Grams of(ModelFile file, List<String> layers, Picture picture) {
        var part = file.network().atInference().upTo(layers.getLast())
                .withInput(new Shape(3, picture.height(), picture.width()));
        var grams = new LinkedHashMap<String, double[]>();
        try (var arena = Arena.ofConfined();
                var model = Model.of(part, file.withNetwork(part).tensors(), Device.CPU, Precision.FLOAT32)) {
            var maps = model.activations(pixels(picture, file.preprocessing(), arena), 1, layers);
            var shapes = Shapes.of(part);
            layers.forEach(name -> grams.put(name, gram(maps.get(name), shapes.get(part.index(name)))));
        }
        return new Grams(grams);
    }

    private static MemorySegment pixels(Picture picture, Preprocessing preprocessing, Arena arena) {
        var count = picture.pixels().length;
        var pixels = arena.allocate((long) count * Float.BYTES, 64);
        for (var i = 0; i < count; i++) {
            var value = (picture.pixels()[i] & 0xff) / 255.0 - preprocessing.mean().get(i % 3);
            pixels.setAtIndex(ValueLayout.JAVA_FLOAT, i, (float) (value / preprocessing.deviation().get(i % 3)));
        }
        return pixels;
    }

    private static double[] gram(float[] maps, Shape shape) {
        var channels = shape.channels();
        var area = shape.size().area();
        var gram = new double[channels * channels];
        for (var a = 0; a < channels; a++) {
            for (var b = 0; b <= a; b++) {
                var sum = 0.0;
                for (var i = 0; i < area; i++) sum += maps[a * area + i] * maps[b * area + i];
                gram[a * channels + b] = sum / area;
                gram[b * channels + a] = sum / area;
            }
        }
        return gram;
    }

    /// How far a layer's matrix is from another's, as a share of the other: `‖G − G'‖ / ‖G'‖` by Frobenius.
    double distance(String layer, Grams other) {
        var here = byLayer.get(layer);
        var there = other.byLayer.get(layer);
        var difference = 0.0;
        var whole = 0.0;
        for (var i = 0; i < here.length; i++) {
            difference += (here[i] - there[i]) * (here[i] - there[i]);
            whole += there[i] * there[i];
        }
        return Math.sqrt(difference / whole);
    }
}
