package dev.striate.bench;

import dev.striate.graph.Layer;
import dev.striate.graph.Network;
import dev.striate.graph.Options;
import dev.striate.graph.Shape;
import java.util.List;

/// VGG's shape (Simonyan and Zisserman 2014) at a hundredth of its size: stages of 3×3 convolutions with batch normalisation, each at half
/// the pixels of the one before, and the average of the last maps. Layers have the paper's names: `conv4_2`, `relu4_2`.
///
/// @param widths of the stages, in channels
/// @param depths of the stages, in convolutions
record SmallVgg(List<Integer> widths, List<Integer> depths) {
    /// For drawn scenes of 64 pixels: 296,000 parameters.
    static final SmallVgg FOR_SCENES = new SmallVgg(List.of(16, 32, 64, 128), List.of(2, 2, 2, 2));
    /// For photographs of 32 pixels: 733,000 parameters.
    static final SmallVgg FOR_PHOTOGRAPHS = new SmallVgg(List.of(32, 64, 128, 128, 128), List.of(2, 2, 2, 2, 1));

    Network network(Shape input, int classes) {
        var x = Layer.input(input);
        for (var stage = 1; stage <= widths.size(); stage++) {
            if (stage > 1) x = x.at("pool" + (stage - 1)).maxPool(2);
            for (var i = 1; i <= depths.get(stage - 1); i++) {
                var place = stage + "_" + i;
                x = x.at("conv" + place).conv(widths.get(stage - 1), 3, Options.same())
                        .at("norm" + place).batchNorm().at("relu" + place).relu();
            }
        }
        return x.globalAvgPool().flatten().at("classifier").linear(classes).network("vgg");
    }
}
