package dev.striate.vision.explain;

import dev.striate.graph.Shape;
import dev.striate.torch.Model;
import dev.striate.torch.ReluGradient;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Map;

/// How one value that a network gives would change with each pixel, by a rule for what a ReLU lets back: its gradient (Simonyan
/// et al. 2014, §3), guided (Springenberg et al. 2015), or a deconvnet's way back (Zeiler and Fergus 2014).
///
/// @param shape of the picture
/// @param values height × width × channels
public record PixelGradient(Shape shape, float[] values) {
    /// Of a unit of a layer, by its index among channels × height × width.
    ///
    /// @param pixels one picture, height × width × channels, prepared
    static PixelGradient of(Model model, MemorySegment pixels, String layer, int unit, ReluGradient rule) {
        try (var pass = model.open(pixels, 1, List.of(layer), rule)) {
            var one = new float[pass.outputs().get(layer).length];
            one[unit] = 1;
            pass.backward(Map.of(layer, one));
            return new PixelGradient(model.network().input(), pass.pictureGradient());
        }
    }

    /// The largest magnitude among the channels of each pixel, height × width (Simonyan et al. 2014, §3.1).
    public float[] magnitudes() {
        var channels = shape.channels();
        var largest = new float[values.length / channels];
        for (var i = 0; i < values.length; i++) {
            largest[i / channels] = Math.max(largest[i / channels], Math.abs(values[i]));
        }
        return largest;
    }
}
