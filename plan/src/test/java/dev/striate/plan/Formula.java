package dev.striate.plan;

import dev.striate.graph.Network;
import dev.striate.graph.Parameters;
import dev.striate.graph.Shape;
import dev.striate.weights.TensorData;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Weights and pictures that any language can make for itself: splitmix64 seeded with the FNV-1a hash of a tensor's name.
final class Formula {
    private Formula() {}

    static double uniform(long seed, long index) {
        return (mix(seed + (index + 1) * 0x9E3779B97F4A7C15L) >>> 40) / (double) (1 << 24);
    }

    private static long seed(String name) {
        var seed = 0xCBF29CE484222325L;
        for (var b : name.getBytes(StandardCharsets.UTF_8)) seed = (seed ^ (b & 0xff)) * 0x100000001B3L;
        return seed;
    }

    private static long mix(long z) {
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    /// One tensor of float32.
    static TensorData tensor(String name, List<Integer> shape) {
        var values = new float[shape.stream().mapToInt(i -> i).reduce(1, Math::multiplyExact)];
        var seed = seed(name);
        var positive = shape.size() == 1 && (name.endsWith(".weight") || name.endsWith(".running_var"));
        var scale = shape.size() >= 2 ? Math.sqrt(6.0 * shape.getFirst() / values.length) : 0.1;
        for (var i = 0; i < values.length; i++) {
            values[i] = (float) ((positive ? 1 : 0) + scale * (2 * uniform(seed, i) - 1));
        }
        return TensorData.of(shape, values);
    }

    static Map<String, TensorData> tensors(Network network) {
        var tensors = new LinkedHashMap<String, TensorData>();
        for (var parameter : Parameters.of(network)) {
            tensors.put(parameter.name(), tensor(parameter.name(), parameter.shape()));
        }
        return tensors;
    }

    /// Picture `index` of a batch in [−2, 2), channels × height × width.
    static double[] picture(Shape shape, int index) {
        var values = new double[Math.toIntExact(shape.elements())];
        var seed = seed("input");
        for (var i = 0; i < values.length; i++) {
            values[i] = (float) (2 * (2 * uniform(seed, index * shape.elements() + i) - 1));
        }
        return values;
    }

    /// Pictures 0 to n − 1 as N×H×W×C in native memory.
    static MemorySegment pictures(Arena arena, Shape shape, int n) {
        var pixels = arena.allocate(n * shape.elements() * Float.BYTES, 64);
        for (var picture = 0; picture < n; picture++) {
            var values = picture(shape, picture);
            var area = shape.height() * shape.width();
            for (var i = 0; i < values.length; i++) {
                var index = picture * shape.elements() + (long) (i % area) * shape.channels() + i / area;
                pixels.setAtIndex(ValueLayout.JAVA_FLOAT, index, (float) values[i]);
            }
        }
        return pixels;
    }
}
