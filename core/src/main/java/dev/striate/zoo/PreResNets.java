package dev.striate.zoo;

import static dev.striate.zoo.ResNet.Block.BASIC;
import static dev.striate.zoo.ResNet.Block.BOTTLENECK;

import dev.striate.graph.Shape;
import dev.striate.zoo.PreResNet.Order;
import dev.striate.zoo.ResNet.Stem;
import java.util.List;

/// The table of ResNets with pre-activation, and of their orders of activation for study.
final class PreResNets {
    private static final Paper PAPER = new Paper("Identity Mappings in Deep Residual Networks", "He et al.", 2016);
    private static final Paper WIDE = new Paper("Wide Residual Networks", "Zagoruyko and Komodakis", 2016);
    private static final PreResNet P110 = PreResNet.cifar(BASIC, 110);
    private static final PreResNet P164 = PreResNet.cifar(BOTTLENECK, 164);

    private PreResNets() {}

    static List<ZooEntry> entries() {
        return List.of(
                large("resnetv2_50", PreResNet.of(BOTTLENECK, Stem.LARGE, 3, 4, 6, 3)),
                large("resnetv2_101", PreResNet.of(BOTTLENECK, Stem.LARGE, 3, 4, 23, 3)),
                large("resnetv2_152", PreResNet.of(BOTTLENECK, Stem.LARGE, 3, 8, 36, 3)),
                large("resnetv2_200", PreResNet.of(BOTTLENECK, Stem.LARGE, 3, 24, 36, 3)),
                small("preresnet110", "full pre-activation, for CIFAR", P110),
                small("preresnet164", "full pre-activation, bottlenecks, for CIFAR", P164),
                small("preresnet1001", "full pre-activation, bottlenecks, for CIFAR",
                        PreResNet.cifar(BOTTLENECK, 1001)),
                small("preresnet18_small", "for pictures of 28 to 64 pixels",
                        PreResNet.of(BASIC, Stem.SMALL, 2, 2, 2, 2)),
                new ZooEntry("wrn_28_10", "28 layers, ten times as wide", WIDE, new Shape(3, 32, 32), 10,
                        PreResNet.wide(28, 10)),
                new ZooEntry("wrn_16_8", "16 layers, eight times as wide", WIDE, new Shape(3, 32, 32), 10,
                        PreResNet.wide(16, 8)),
                study("preresnet110_original", P110.with(Order.ORIGINAL)),
                study("preresnet110_bn_after_addition", P110.with(Order.BN_AFTER_ADDITION)),
                study("preresnet110_relu_before_addition", P110.with(Order.RELU_BEFORE_ADDITION)),
                study("preresnet110_relu_only", P110.with(Order.RELU_ONLY)),
                study("preresnet164_original", P164.with(Order.ORIGINAL)),
                study("preresnet164_bn_after_addition", P164.with(Order.BN_AFTER_ADDITION)),
                study("preresnet164_relu_before_addition", P164.with(Order.RELU_BEFORE_ADDITION)),
                study("preresnet164_relu_only", P164.with(Order.RELU_ONLY)),
                study("preresnet110_original_half_shortcut", P110.with(Order.ORIGINAL).scalingShortcuts(0.5)),
                study("preresnet110_half_shortcut", P110.scalingShortcuts(0.5)));
    }

    private static ZooEntry large(String name, PreResNet net) {
        return new ZooEntry(name, "full pre-activation, bottleneck blocks", PAPER, new Shape(3, 224, 224), 1000, net);
    }

    private static ZooEntry small(String name, String summary, PreResNet net) {
        return new ZooEntry(name, summary, PAPER, new Shape(3, 32, 32), 10, net);
    }

    private static ZooEntry study(String name, PreResNet net) {
        return small(name, "for study: figure 4 or §3.1 of the paper", net);
    }
}
