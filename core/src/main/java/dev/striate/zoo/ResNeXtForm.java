package dev.striate.zoo;

import static dev.striate.graph.Options.groups;
import static dev.striate.graph.Options.noBias;
import static dev.striate.graph.Options.pad;
import static dev.striate.graph.Options.stride;

import dev.striate.graph.Layer;
import java.util.Arrays;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/// The three equivalent forms of ResNeXt's block (Xie et al. 2017, figure 3), without shortcut and last ReLU.
///
/// Path i of the first two has rows i·d to (i+1)·d of `conv1`, `bn1`, `conv2`, `bn2` of the third (d = inner/cardinality),
/// and in the first also those columns of `conv3`; `bn3` stands behind the sum.
enum ResNeXtForm {
    /// (a): paths of 1×1, 3×3, 1×1, summed.
    PATHS,
    /// (b): the paths' 3×3 outputs joined before one 1×1.
    CONCATENATED,
    /// (c): one wide path whose 3×3 convolution is grouped; with one group, ResNet's bottleneck.
    GROUPED;

    Layer block(Layer x, String name, int cardinality, int inner, int filters, int stride) {
        IntFunction<Layer> path = i -> path(x, name + ".path" + i, inner / cardinality, 1, stride);
        var end = switch (this) {
            case PATHS ->
                sum(cardinality, i -> path.apply(i).at(name + ".path" + i + ".conv3").conv(filters, 1, noBias()));
            case CONCATENATED ->
                InceptionModule.join(all(cardinality, path)).at(name + ".conv3").conv(filters, 1, noBias());
            case GROUPED ->
                path(x, name, inner, cardinality, stride).at(name + ".conv3").conv(filters, 1, noBias());
        };
        return end.at(name + ".bn3").batchNorm();
    }

    private static Layer sum(int cardinality, IntFunction<Layer> path) {
        var paths = all(cardinality, path);
        return paths[0].add(Arrays.copyOfRange(paths, 1, paths.length));
    }

    private static Layer[] all(int cardinality, IntFunction<Layer> path) {
        return IntStream.range(0, cardinality).mapToObj(path).toArray(Layer[]::new);
    }

    private static Layer path(Layer x, String name, int width, int groups, int stride) {
        return x.at(name + ".conv1").conv(width, 1, noBias()).at(name + ".bn1").batchNorm().relu()
                .at(name + ".conv2").conv(width, 3, stride(stride), pad(1), groups(groups), noBias())
                .at(name + ".bn2").batchNorm().relu();
    }
}
