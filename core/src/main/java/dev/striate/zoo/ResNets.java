package dev.striate.zoo;

import static dev.striate.zoo.ResNet.Block.BASIC;
import static dev.striate.zoo.ResNet.Block.BOTTLENECK;

import dev.striate.graph.Shape;
import dev.striate.zoo.ResNet.Paths;
import dev.striate.zoo.ResNet.Stem;
import java.util.List;
import java.util.stream.Stream;

/// The table of ResNets, plain networks and ResNeXts.
final class ResNets {
    private static final Paper PAPER = new Paper("Deep Residual Learning for Image Recognition", "He et al.", 2015);
    private static final Paper NEXT = new Paper("Aggregated Residual Transformations for Deep Neural Networks",
            "Xie et al.", 2017);
    private static final Paper WIDE = new Paper("Wide Residual Networks", "Zagoruyko and Komodakis", 2016);
    private static final Paper PRE = new Paper("Identity Mappings in Deep Residual Networks", "He et al.", 2016);
    private static final Paper DEPTH = new Paper("Deep Networks with Stochastic Depth", "Huang et al.", 2016);

    private ResNets() {}

    static List<ZooEntry> entries() {
        return Stream.of(imageNet(), cifar(), small()).flatMap(List::stream).toList();
    }

    private static List<ZooEntry> imageNet() {
        return List.of(
                large("resnet18", "basic blocks", PAPER, ResNet.of(BASIC, 2, 2, 2, 2)),
                large("resnet34", "basic blocks", PAPER, ResNet.of(BASIC, 3, 4, 6, 3)),
                large("resnet50", "bottleneck blocks", PAPER, ResNet.of(BOTTLENECK, 3, 4, 6, 3)),
                large("resnet101", "bottleneck blocks", PAPER, ResNet.of(BOTTLENECK, 3, 4, 23, 3)),
                large("resnet152", "bottleneck blocks", PAPER, ResNet.of(BOTTLENECK, 3, 8, 36, 3)),
                large("resnet200", "bottleneck blocks", PRE, ResNet.of(BOTTLENECK, 3, 24, 36, 3)),
                large("wide_resnet50_2", "torchvision's: its 3×3 twice as wide", WIDE,
                        ResNet.of(BOTTLENECK, 3, 4, 6, 3).groups(1, 128)),
                large("wide_resnet101_2", "torchvision's: its 3×3 twice as wide", WIDE,
                        ResNet.of(BOTTLENECK, 3, 4, 23, 3).groups(1, 128)),
                large("plain18", "the ResNet without shortcuts", PAPER,
                        ResNet.of(BASIC, 2, 2, 2, 2).with(Shortcut.NONE)),
                large("plain34", "the ResNet without shortcuts", PAPER,
                        ResNet.of(BASIC, 3, 4, 6, 3).with(Shortcut.NONE)),
                large("resnet34_a", "all shortcuts padded (A)", PAPER, ResNet.of(BASIC, 3, 4, 6, 3).with(Shortcut.A)),
                large("resnet34_c", "all shortcuts projected (C)", PAPER,
                        ResNet.of(BASIC, 3, 4, 6, 3).with(Shortcut.C)),
                large("resnext50_32x4d", "32 paths of 4", NEXT, ResNet.of(BOTTLENECK, 3, 4, 6, 3).groups(32, 4)),
                large("resnext101_32x4d", "32 paths of 4", NEXT, ResNet.of(BOTTLENECK, 3, 4, 23, 3).groups(32, 4)),
                large("resnext101_32x8d", "32 paths of 8", NEXT, ResNet.of(BOTTLENECK, 3, 4, 23, 3).groups(32, 8)),
                large("resnext101_64x4d", "64 paths of 4", NEXT, ResNet.of(BOTTLENECK, 3, 4, 23, 3).groups(64, 4)));
    }

    private static List<ZooEntry> cifar() {
        return List.of(
                small("resnet20", "for CIFAR, shortcut A", PAPER, ResNet.cifar(20, Shortcut.A)),
                small("resnet32", "for CIFAR, shortcut A", PAPER, ResNet.cifar(32, Shortcut.A)),
                small("resnet44", "for CIFAR, shortcut A", PAPER, ResNet.cifar(44, Shortcut.A)),
                small("resnet56", "for CIFAR, shortcut A", PAPER, ResNet.cifar(56, Shortcut.A)),
                small("resnet110", "for CIFAR, shortcut A", PAPER, ResNet.cifar(110, Shortcut.A)),
                small("plain20", "the ResNet for CIFAR without shortcuts", PAPER, ResNet.cifar(20, Shortcut.NONE)),
                small("plain32", "the ResNet for CIFAR without shortcuts", PAPER, ResNet.cifar(32, Shortcut.NONE)),
                small("plain44", "the ResNet for CIFAR without shortcuts", PAPER, ResNet.cifar(44, Shortcut.NONE)),
                small("plain56", "the ResNet for CIFAR without shortcuts", PAPER, ResNet.cifar(56, Shortcut.NONE)),
                small("resnet110_stochastic", "for CIFAR, with stochastic depth", DEPTH,
                        ResNet.cifar(110, Shortcut.A).droppingPaths(0.5)),
                small("resnext29_8x64d", "8 paths of 64, for CIFAR", NEXT,
                        ResNet.of(BOTTLENECK, 3, 3, 3).with(Stem.SMALL).groups(8, 64)),
                small("resnext29_8x64d_paths", "its block as separate paths, for study", NEXT,
                        ResNet.of(BOTTLENECK, 3, 3, 3).with(Stem.SMALL).with(new Paths(8, 64, ResNeXtForm.PATHS))),
                small("resnext29_8x64d_concatenated", "its block as joined paths, for study", NEXT,
                        ResNet.of(BOTTLENECK, 3, 3, 3).with(Stem.SMALL)
                                .with(new Paths(8, 64, ResNeXtForm.CONCATENATED))),
                small("resnext29_16x64d", "16 paths of 64, for CIFAR", NEXT,
                        ResNet.of(BOTTLENECK, 3, 3, 3).with(Stem.SMALL).groups(16, 64)));
    }

    private static List<ZooEntry> small() {
        return List.of(
                small("resnet18_small", "for pictures of 28 to 64 pixels", PAPER,
                        ResNet.of(BASIC, 2, 2, 2, 2).with(Stem.SMALL)),
                small("resnet34_small", "for pictures of 28 to 64 pixels", PAPER,
                        ResNet.of(BASIC, 3, 4, 6, 3).with(Stem.SMALL)),
                small("resnet50_small", "for pictures of 28 to 64 pixels", PAPER,
                        ResNet.of(BOTTLENECK, 3, 4, 6, 3).with(Stem.SMALL)),
                small("resnet101_small", "for pictures of 28 to 64 pixels", PAPER,
                        ResNet.of(BOTTLENECK, 3, 4, 23, 3).with(Stem.SMALL)),
                small("resnet152_small", "for pictures of 28 to 64 pixels", PAPER,
                        ResNet.of(BOTTLENECK, 3, 8, 36, 3).with(Stem.SMALL)),
                small("resnext50_small", "for pictures of 28 to 64 pixels", NEXT,
                        ResNet.of(BOTTLENECK, 3, 4, 6, 3).with(Stem.SMALL).groups(32, 4)));
    }

    private static ZooEntry large(String name, String summary, Paper paper, ResNet resNet) {
        return new ZooEntry(name, summary, paper, new Shape(3, 224, 224), 1000, resNet);
    }

    private static ZooEntry small(String name, String summary, Paper paper, ResNet resNet) {
        return new ZooEntry(name, summary, paper, new Shape(3, 32, 32), 10, resNet);
    }
}
