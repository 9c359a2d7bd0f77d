package dev.striate.zoo;

import static dev.striate.graph.Options.same;
import static dev.striate.graph.Options.stride;

import dev.striate.graph.Layer;
import dev.striate.graph.Network;
import dev.striate.graph.Shape;
import dev.striate.graph.Size;
import java.util.List;

/// Darknet-19 (Redmon and Farhadi 2017, table 6) and Darknet-53 (2018, table 1); names of the second are timm's.
final class Darknet {
    private static final Paper V2 = new Paper("YOLO9000: Better, Faster, Stronger", "Redmon and Farhadi", 2017);
    private static final Paper V3 = new Paper("YOLOv3: An Incremental Improvement", "Redmon and Farhadi", 2018);
    private static final Shape INPUT = new Shape(3, 256, 256);

    private Darknet() {}

    static List<ZooEntry> entries() {
        return List.of(
                new ZooEntry("darknet19", "1×1 between 3×3, no residuals", V2, INPUT, 1000, Darknet::darknet19),
                new ZooEntry("darknet53", "residual pairs 1-2-8-8-4, timm's slope 0.01", V3, INPUT, 1000,
                        new Residual(0.01, 2)),
                new ZooEntry("darknet53_paper", "residual pairs 1-2-8-8-4, Darknet's slope 0.1", V3, INPUT, 1000,
                        new Residual(0.1, 2)),
                new ZooEntry("darknet53_small", "for pictures of 28 to 64 pixels: the first two strides are 1", V3,
                        new Shape(3, 32, 32), 10, new Residual(0.1, 1)));
    }

    /// Each row is a stage: 3×3 and 1×1 in turn; poolings between.
    private static final List<List<Integer>> STAGES = List.of(List.of(32), List.of(64), List.of(128, 64, 128),
            List.of(256, 128, 256), List.of(512, 256, 512, 256, 512), List.of(1024, 512, 1024, 512, 1024));

    private static Network darknet19(String name, Shape input, int classes) {
        var unit = ConvUnit.leaky(0.1);
        var x = Layer.input(input);
        var index = 1;
        for (var stage : STAGES) {
            if (index > 1) x = x.maxPool(2);
            for (var i = 0; i < stage.size(); i++) {
                x = unit.conv(x, "conv" + index++, stage.get(i), Size.square(i % 2 == 0 ? 3 : 1), same());
            }
        }
        return x.at("conv" + index).conv(classes, 1).globalAvgPool().flatten().network(name);
    }

    /// `firstStride` is the stride of the first two stages.
    private record Residual(double slope, int firstStride) implements Architecture {
        private static final int[] PAIRS = { 1, 2, 8, 8, 4 };

        @Override
        public Network network(String name, Shape input, int classes) {
            var unit = ConvUnit.leaky(slope);
            var x = unit.conv(Layer.input(input), "stem.conv1", 32, Size.square(3), same());
            for (var stage = 0; stage < PAIRS.length; stage++) {
                var filters = 64 << stage;
                var stride = stage < 2 ? firstStride : 2;
                x = unit.conv(x, "stages." + stage + ".conv_down", filters, Size.square(3), stride(stride), same());
                for (var i = 0; i < PAIRS[stage]; i++) {
                    var block = "stages." + stage + ".blocks." + i;
                    var narrow = unit.conv(x, block + ".conv1", filters / 2, Size.ONE);
                    x = unit.conv(narrow, block + ".conv2", filters, Size.square(3), same()).add(x);
                }
            }
            return x.globalAvgPool().flatten().at("head.fc").linear(classes).network(name);
        }
    }
}
