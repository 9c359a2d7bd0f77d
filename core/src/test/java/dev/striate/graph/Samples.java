package dev.striate.graph;

import static dev.striate.graph.Options.noBias;
import static dev.striate.graph.Options.pad;
import static dev.striate.graph.Options.same;
import static dev.striate.graph.Options.stride;

import java.util.List;
import java.util.Map;

/// Published networks, written out for tests of the readings.
final class Samples {
    private Samples() {}

    /// The feature layers of the one-tower AlexNet at 227×227, with padding as in its paper's figures.
    static Network alexNetFeatures() {
        return Layer.input(3, 227, 227)
                .at("conv1").conv(96, 11, stride(4)).relu().localResponseNorm().at("pool1").maxPool(3, stride(2))
                .at("conv2").conv(256, 5, pad(2)).relu().localResponseNorm().at("pool2").maxPool(3, stride(2))
                .at("conv3").conv(384, 3, pad(1)).relu()
                .at("conv4").conv(384, 3, pad(1)).relu()
                .at("conv5").conv(256, 3, pad(1)).relu().at("pool5").maxPool(3, stride(2))
                .network("alexnet");
    }

    /// torchvision's AlexNet.
    static Network torchvisionAlexNet() {
        return Layer.input(3, 224, 224)
                .conv(64, 11, stride(4), pad(2)).relu().maxPool(3, stride(2))
                .conv(192, 5, pad(2)).relu().maxPool(3, stride(2))
                .conv(384, 3, pad(1)).relu().conv(256, 3, pad(1)).relu().conv(256, 3, pad(1)).relu()
                .maxPool(3, stride(2))
                .adaptiveAvgPool(6).flatten()
                .dropout(0.5).linear(4096).relu().dropout(0.5).linear(4096).relu().linear(1000)
                .network("alexnet");
    }

    static Network vgg16() {
        var x = Layer.input(3, 224, 224);
        var stage = 1;
        for (var filters : List.of(64, 128, 256, 512, 512)) {
            for (var i = 0; i < (stage < 3 ? 2 : 3); i++) x = x.conv(filters, 3, pad(1)).relu();
            x = x.at("pool" + stage++).maxPool(2);
        }
        return x.flatten().at("fc6").linear(4096).relu().linear(4096).relu().linear(1000).network("vgg16");
    }

    static Network resNet18() {
        var x = Layer.input(3, 224, 224).conv(64, 7, stride(2), pad(3), noBias()).batchNorm().relu()
                .maxPool(3, stride(2), pad(1));
        for (var block = 0; block < 8; block++) {
            var filters = 64 << block / 2;
            var s = stride(block > 0 && block % 2 == 0 ? 2 : 1);
            var shortcut = filters == x.shape().channels() ? x : x.conv(filters, 1, s, noBias()).batchNorm();
            x = x.conv(filters, 3, s, pad(1), noBias()).batchNorm().relu()
                    .conv(filters, 3, pad(1), noBias()).batchNorm()
                    .add(shortcut).relu();
        }
        return x.globalAvgPool().flatten().linear(1000).network("resnet18");
    }

    /// Two inception modules, an auxiliary head between them.
    static Network inception() {
        var x = module(Layer.input(3, 56, 56).at("stem").conv(64, 3, same()).relu(), "3a");
        var head = x.globalAvgPool().flatten().at("head").linear(10);
        return module(x, "3b").globalAvgPool().flatten().at("fc").linear(10).network("inception", Map.of(),
                Map.of("aux", head));
    }

    private static Layer module(Layer x, String name) {
        return unit(x, name + ".branch1", 64, 1).at(name + ".join").concat(
                unit(unit(x, name + ".branch2.0", 96, 1), name + ".branch2.1", 128, 3),
                unit(unit(x, name + ".branch3.0", 16, 1), name + ".branch3.1", 32, 5),
                unit(x.maxPool(3, stride(1), pad(1)), name + ".branch4.1", 32, 1));
    }

    private static Layer unit(Layer x, String name, int filters, int kernel) {
        return x.at(name + ".conv").conv(filters, kernel, same(), noBias()).at(name + ".bn").batchNorm().relu();
    }
}
