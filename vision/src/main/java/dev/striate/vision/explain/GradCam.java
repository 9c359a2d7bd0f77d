package dev.striate.vision.explain;

import dev.striate.graph.Size;
import dev.striate.torch.Model;
import dev.striate.torch.ReluGradient;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Map;

/// Where a layer's maps speak for a class (Selvaraju et al. 2017, §3): their sum, each weighed by the mean of its gradient.
///
/// @param size of the layer's maps
/// @param weights of each channel
/// @param sum height × width, what speaks against the class below 0
public record GradCam(String layer, Size size, float[] weights, float[] sum) {
    /// @param pixels one picture, height × width × channels, prepared
    /// @param layer whose maps have places
    static GradCam of(Model model, MemorySegment pixels, String layer, int label) {
        var shape = Layers.maps(model.network(), layer);
        var logits = Layers.logits(model.network());
        try (var pass = model.open(pixels, 1, List.of(layer, logits), ReluGradient.TRUE)) {
            var one = new float[pass.outputs().get(logits).length];
            one[label] = 1;
            pass.backward(Map.of(logits, one));
            return of(layer, shape.size(), pass.outputs().get(layer), pass.gradient(layer));
        }
    }

    private static GradCam of(String layer, Size size, float[] maps, float[] gradient) {
        var area = size.area();
        var weights = new float[maps.length / area];
        var sum = new double[area];
        for (var channel = 0; channel < weights.length; channel++) {
            var weight = 0.0;
            for (var place = 0; place < area; place++) weight += gradient[channel * area + place];
            weight /= area;
            weights[channel] = (float) weight;
            for (var place = 0; place < area; place++) sum[place] += weight * maps[channel * area + place];
        }
        return new GradCam(layer, size, weights, floats(sum));
    }

    private static float[] floats(double[] values) {
        var floats = new float[values.length];
        for (var i = 0; i < floats.length; i++) floats[i] = (float) values[i];
        return floats;
    }

    /// The sum where it speaks for the class, else 0.
    public float[] map() {
        var map = new float[sum.length];
        for (var i = 0; i < map.length; i++) map[i] = Math.max(0, sum[i]);
        return map;
    }
}
