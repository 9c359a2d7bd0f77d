package dev.striate.zoo;

import static dev.striate.graph.Options.noBias;
import static dev.striate.graph.Options.pad;
import static dev.striate.graph.Options.stride;

import dev.striate.graph.Layer;
import dev.striate.graph.Network;
import dev.striate.graph.Shape;
import dev.striate.zoo.ResNet.Block;
import dev.striate.zoo.ResNet.Stem;
import java.util.List;

/// ResNet v2 (He et al. 2016): the five orders of activation of its figure 4, shortcuts scaled by λ (§3.1).
///
/// Names are timm's `resnetv2`.
record PreResNet(Block block, int stemWidth, int width, List<Integer> stages, Stem stem, Order order, double lambda)
        implements Architecture {

    enum Order {
        /// Convolution, norm, ReLU; ReLU after the addition.
        ORIGINAL,
        BN_AFTER_ADDITION,
        RELU_BEFORE_ADDITION,
        RELU_ONLY,
        /// Norm, ReLU, convolution: the identity path is clean from end to end.
        FULL;

        boolean preActivated() {
            return this == RELU_ONLY || this == FULL;
        }
    }

    static PreResNet of(Block block, Stem stem, Integer... stages) {
        return new PreResNet(block, 64, 64, List.of(stages), stem, Order.FULL, 1);
    }

    /// 6n + 2 layers of basic blocks or 9n + 2 of bottlenecks, in three stages of 16, 32 and 64 filters.
    static PreResNet cifar(Block block, int layers) {
        var n = (layers - 2) / (block == Block.BASIC ? 6 : 9);
        return new PreResNet(block, 16, 16, List.of(n, n, n), Stem.SMALL, Order.FULL, 1);
    }

    /// Wide ResNet (Zagoruyko and Komodakis 2016): 6n + 4 layers, the stages `widening` times as wide.
    static PreResNet wide(int layers, int widening) {
        var n = (layers - 4) / 6;
        return new PreResNet(Block.BASIC, 16, 16 * widening, List.of(n, n, n), Stem.SMALL, Order.FULL, 1);
    }

    PreResNet with(Order order) {
        return new PreResNet(block, stemWidth, width, stages, stem, order, lambda);
    }

    PreResNet scalingShortcuts(double lambda) {
        return new PreResNet(block, stemWidth, width, stages, stem, order, lambda);
    }

    @Override
    public Network network(String name, Shape input, int classes) {
        var x = stem(Layer.input(input));
        for (var stage = 0; stage < stages.size(); stage++) {
            for (var i = 0; i < stages.get(stage); i++) {
                x = residual(x, "stages." + stage + ".blocks." + i, width << stage, i == 0,
                        stage > 0 && i == 0 ? 2 : 1);
            }
        }
        return end(x).globalAvgPool().at("head.fc").conv(classes, 1).flatten().network(name);
    }

    private Layer stem(Layer x) {
        var y = switch (stem) {
            case LARGE -> x.at("stem.conv").conv(stemWidth, 7, stride(2), pad(3), noBias());
            case SMALL -> x.at("stem.conv").conv(stemWidth, 3, pad(1), noBias());
        };
        if (order != Order.FULL) y = y.at("stem.norm").batchNorm();
        if (!order.preActivated()) y = y.relu();
        return stem == Stem.LARGE ? y.maxPool(3, stride(2), pad(1)) : y;
    }

    private Layer end(Layer x) {
        return switch (order) {
            case FULL -> x.at("norm").batchNorm().relu();
            case RELU_ONLY -> x.relu();
            case ORIGINAL, BN_AFTER_ADDITION, RELU_BEFORE_ADDITION -> x;
        };
    }

    private Layer residual(Layer x, String name, int filters, boolean first, int stride) {
        var channels = block == Block.BASIC ? filters : 4 * filters;
        var start = ahead(x, name, 1);
        // The first block of a stage shares its activation between both paths (He et al. 2016, §3.2).
        var shortcut = first ? start : x;
        if (stride != 1 || channels != x.shape().channels()) {
            shortcut = shortcut.at(name + ".downsample.conv").conv(channels, 1, stride(stride), noBias());
        }
        var branch = switch (block) {
            case BASIC -> convolutions(start, name, stride, List.of(3, 3), List.of(filters, filters));
            case BOTTLENECK ->
                convolutions(start, name, stride, List.of(1, 3, 1), List.of(filters, filters, channels));
        };
        return afterAddition(branch.add(lambda == 1 ? shortcut : shortcut.scale(lambda)), name);
    }

    /// The stride is that of the first 3×3.
    private Layer convolutions(Layer x, String name, int stride, List<Integer> kernels, List<Integer> filters) {
        var strided = kernels.indexOf(3);
        for (var i = 0; i < kernels.size(); i++) {
            if (i > 0) x = ahead(x, name, i + 1);
            x = x.at(name + ".conv" + (i + 1)).conv(filters.get(i), kernels.get(i),
                    stride(i == strided ? stride : 1), pad(kernels.get(i) / 2), noBias());
            x = behind(x, name, i + 1, i == kernels.size() - 1);
        }
        return x;
    }

    private Layer ahead(Layer x, String name, int i) {
        return switch (order) {
            case FULL -> x.at(name + ".norm" + i).batchNorm().relu();
            case RELU_ONLY -> x.relu();
            case ORIGINAL, BN_AFTER_ADDITION, RELU_BEFORE_ADDITION -> x;
        };
    }

    private Layer behind(Layer x, String name, int i, boolean last) {
        var norm = name + ".norm" + i;
        return switch (order) {
            case FULL -> x;
            case RELU_ONLY -> x.at(norm).batchNorm();
            case ORIGINAL -> last ? x.at(norm).batchNorm() : x.at(norm).batchNorm().relu();
            case BN_AFTER_ADDITION -> last ? x : x.at(norm).batchNorm().relu();
            case RELU_BEFORE_ADDITION -> x.at(norm).batchNorm().relu();
        };
    }

    private Layer afterAddition(Layer x, String name) {
        return switch (order) {
            case FULL, RELU_ONLY, RELU_BEFORE_ADDITION -> x;
            case ORIGINAL -> x.relu();
            case BN_AFTER_ADDITION -> x.at(name + ".norm" + (block == Block.BASIC ? 2 : 3)).batchNorm().relu();
        };
    }
}
