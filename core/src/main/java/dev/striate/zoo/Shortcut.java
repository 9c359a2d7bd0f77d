package dev.striate.zoo;

import static dev.striate.graph.Options.noBias;
import static dev.striate.graph.Options.stride;

import dev.striate.graph.Layer;
import dev.striate.graph.Op;

/// What runs beside a residual branch (He et al. 2015, §3.3).
enum Shortcut {
    /// Nothing: a plain network.
    NONE,
    /// The input; where the size changes every second row and column, and zeros for the new channels.
    A,
    /// The input; where the size changes a projection.
    B,
    /// Always a projection.
    C;

    /// Adds the shortcut from `x` to the branch; a projection is `NAME.downsample.0` and `.1`, behind the branch.
    Layer around(Layer x, Layer branch, String name, int stride) {
        var channels = branch.shape().channels();
        var changes = stride != 1 || channels != x.shape().channels();
        return switch (this) {
            case NONE -> branch;
            case A -> branch.add(changes ? padded(x, channels, stride) : x);
            case B -> branch.add(changes ? projected(x, name, channels, stride) : x);
            case C -> branch.add(projected(x, name, channels, stride));
        };
    }

    private static Layer padded(Layer x, int channels, int stride) {
        var missing = channels - x.shape().channels();
        return x.avgPool(1, stride(stride)).then(new Op.PadChannels(missing / 2, missing - missing / 2));
    }

    private static Layer projected(Layer x, String name, int channels, int stride) {
        return x.at(name + ".downsample.0").conv(channels, 1, stride(stride), noBias())
                .at(name + ".downsample.1").batchNorm();
    }
}
