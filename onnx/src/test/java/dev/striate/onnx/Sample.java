package dev.striate.onnx;

import dev.striate.graph.Network;
import dev.striate.graph.Parameter;
import dev.striate.graph.Parameters;
import dev.striate.graph.Shape;
import dev.striate.random.RandomStream;
import dev.striate.recipe.Preprocessing;
import dev.striate.task.Task;
import dev.striate.weights.ModelFile;
import dev.striate.weights.TensorData;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.FloatBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// Random weights and pictures.
final class Sample {
    private static final RandomStream RANDOM = RandomStream.of(1989);

    private Sample() {}

    static ModelFile model(Network network, String... labels) {
        var tensors = new LinkedHashMap<String, TensorData>();
        // A thousand residual blocks would each add to the last.
        var scale = network.nodes().size() > 1000 ? 0.5 : 1;
        for (var parameter : Parameters.of(network)) tensors.put(parameter.name(), tensor(parameter, scale));
        return new ModelFile(network, Preprocessing.plain(network.input(), new Preprocessing.Stretch()),
                new Task.Classification(List.of(labels)), Optional.empty(), tensors);
    }

    /// Kernels of He's variance, so that values stay of one size however deep the network.
    private static TensorData tensor(Parameter parameter, double scale) {
        var values = new float[Math.toIntExact(parameter.elements())];
        var random = RANDOM.at(parameter.name());
        var reach = switch (parameter.role()) {
            case WEIGHT, FIXED_WEIGHT -> (float) Math.sqrt(6.0 * parameter.shape().getFirst() / values.length);
            case BIAS, NORM_SHIFT, RUNNING_MEAN, NORM_SCALE, RUNNING_VARIANCE -> 0.1f;
        };
        var middle = switch (parameter.role()) {
            case NORM_SCALE -> scale;
            case RUNNING_VARIANCE -> 1;
            case WEIGHT, FIXED_WEIGHT, BIAS, NORM_SHIFT, RUNNING_MEAN -> 0;
        };
        IntStream.range(0, values.length).parallel()
                .forEach(i -> values[i] = (float) (middle + reach * (2 * random.uniform(i) - 1)));
        return TensorData.of(parameter.shape(), values);
    }

    /// N×C×H×W in [−2, 2).
    static FloatBuffer pictures(Shape shape, int n) {
        var random = RANDOM.at("pictures");
        var values = new float[Math.toIntExact(n * shape.elements())];
        for (var i = 0; i < values.length; i++) values[i] = (float) (4 * random.uniform(i) - 2);
        return FloatBuffer.wrap(values);
    }

    /// The same as N×H×W×C in native memory.
    static MemorySegment channelsLast(Arena arena, Shape shape, FloatBuffer pictures) {
        var area = shape.size().area();
        var pixels = arena.allocate((long) pictures.capacity() * Float.BYTES, 64);
        for (var i = 0; i < pictures.capacity(); i++) {
            var picture = i / (int) shape.elements();
            var channel = i / area % shape.channels();
            pixels.setAtIndex(ValueLayout.JAVA_FLOAT,
                    picture * shape.elements() + (long) (i % area) * shape.channels() + channel, pictures.get(i));
        }
        return pixels;
    }
}
