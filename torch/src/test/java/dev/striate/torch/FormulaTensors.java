package dev.striate.torch;

import dev.striate.graph.Parameter;
import dev.striate.weights.TensorData;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Weights and inputs that any language can make for itself: splitmix64 seeded with the FNV-1a hash of a tensor's name.
final class FormulaTensors {
    private FormulaTensors() {}

    static double[] uniform(String name, int count) {
        var seed = 0xCBF29CE484222325L;
        for (var b : name.getBytes(StandardCharsets.UTF_8)) seed = (seed ^ (b & 0xff)) * 0x100000001B3L;
        var values = new double[count];
        for (var i = 0; i < count; i++)
            values[i] = (mix(seed + (i + 1) * 0x9E3779B97F4A7C15L) >>> 40) / (double) (1 << 24);
        return values;
    }

    private static long mix(long z) {
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    /// The values of one tensor, by its name and shape.
    static double[] values(String name, List<Integer> shape) {
        var count = shape.stream().mapToInt(i -> i).reduce(1, (a, b) -> a * b);
        var values = uniform(name, count);
        var positive = shape.size() == 1 && (name.endsWith(".weight") || name.endsWith(".running_var"));
        var scale = shape.size() >= 2 ? Math.sqrt(6.0 * shape.getFirst() / count) : 0.1;
        for (var i = 0; i < count; i++) values[i] = (positive ? 1 : 0) + scale * (2 * values[i] - 1);
        return values;
    }

    static Map<String, TensorData> of(List<Parameter> parameters) {
        var tensors = new LinkedHashMap<String, TensorData>();
        for (var parameter : parameters) {
            tensors.put(parameter.name(),
                    TensorData.of(parameter.shape(), values(parameter.name(), parameter.shape())));
        }
        return tensors;
    }

    /// Pictures in [−2, 2), filled as N×C×H×W, given as N×H×W×C.
    static double[] pictures(int n, int c, int h, int w) {
        var planes = uniform("input", n * c * h * w);
        var pixels = new double[planes.length];
        for (var i = 0; i < planes.length; i++) {
            var x = i % w;
            var y = i / w % h;
            var channel = i / (w * h) % c;
            var picture = i / (w * h * c);
            pixels[((picture * h + y) * w + x) * c + channel] = 2 * (2 * planes[i] - 1);
        }
        return pixels;
    }
}
