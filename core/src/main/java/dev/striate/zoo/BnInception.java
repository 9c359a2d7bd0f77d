package dev.striate.zoo;

import static dev.striate.graph.Options.ceil;
import static dev.striate.graph.Options.pad;
import static dev.striate.graph.Options.same;
import static dev.striate.graph.Options.stride;

import dev.striate.graph.Layer;
import dev.striate.graph.Network;
import dev.striate.graph.Options.ConvOption;
import dev.striate.graph.Shape;
import java.util.List;

/// BN-Inception (Ioffe and Szegedy 2015, figure 5): 5×5 as two 3×3, batch normalisation behind biased convolutions.
///
/// Names are those of the authors' Caffe model and its ports.
final class BnInception {
    private static final Paper PAPER = new Paper("Batch Normalization: Accelerating Deep Network Training",
            "Ioffe and Szegedy", 2015);

    private BnInception() {}

    static List<ZooEntry> entries() {
        return List
                .of(new ZooEntry("bn_inception", "batch normalisation, 5×5 as two 3×3", PAPER, new Shape(3, 224, 224),
                        1000, BnInception::network));
    }

    private enum Pooling {
        AVERAGE,
        MAX
    }

    /// A row of figure 5: filters of 1×1, 3×3 and double 3×3 with their reductions, the pooling and its projection.
    /// Without 1×1 and projection a module halves the grid.
    private record Row(String name, int one, int threeReduced, int three, int doubleReduced, int twice, Pooling pooling,
            int projected) {
        int stride() {
            return one == 0 ? 2 : 1;
        }
    }

    private static final List<Row> TABLE = List.of(
            new Row("3a", 64, 64, 64, 64, 96, Pooling.AVERAGE, 32),
            new Row("3b", 64, 64, 96, 64, 96, Pooling.AVERAGE, 64),
            new Row("3c", 0, 128, 160, 64, 96, Pooling.MAX, 0),
            new Row("4a", 224, 64, 96, 96, 128, Pooling.AVERAGE, 128),
            new Row("4b", 192, 96, 128, 96, 128, Pooling.AVERAGE, 128),
            new Row("4c", 160, 128, 160, 128, 160, Pooling.AVERAGE, 128),
            new Row("4d", 96, 128, 192, 160, 192, Pooling.AVERAGE, 128),
            new Row("4e", 0, 128, 192, 192, 256, Pooling.MAX, 0),
            new Row("5a", 352, 192, 320, 160, 224, Pooling.AVERAGE, 128),
            new Row("5b", 352, 192, 320, 192, 224, Pooling.MAX, 128));

    private static Network network(String name, Shape input, int classes) {
        var x = unit(Layer.input(input), "conv1_7x7_s2", 64, 7, stride(2)).maxPool(3, stride(2), ceil());
        x = unit(x, "conv2_3x3_reduce", 64, 1);
        x = unit(x, "conv2_3x3", 192, 3).maxPool(3, stride(2), ceil());
        for (var row : TABLE) x = module(x, row);
        return x.globalAvgPool().flatten().at("last_linear").linear(classes).network(name);
    }

    private static Layer module(Layer x, Row row) {
        var at = "inception_" + row.name + "_";
        var stride = stride(row.stride());
        if (row.one == 0)
            return InceptionModule.join(three(x, at, row), twice(x, at, row), x.maxPool(3, stride, ceil()));
        return InceptionModule.join(unit(x, at + "1x1", row.one, 1), three(x, at, row), twice(x, at, row),
                unit(pooled(x, row.pooling), at + "pool_proj", row.projected, 1));
    }

    private static Layer three(Layer x, String at, Row row) {
        return unit(unit(x, at + "3x3_reduce", row.threeReduced, 1), at + "3x3", row.three, 3, stride(row.stride()));
    }

    private static Layer twice(Layer x, String at, Row row) {
        var first = unit(unit(x, at + "double_3x3_reduce", row.doubleReduced, 1), at + "double_3x3_1", row.twice, 3);
        return unit(first, at + "double_3x3_2", row.twice, 3, stride(row.stride()));
    }

    private static Layer pooled(Layer x, Pooling pooling) {
        return switch (pooling) {
            case AVERAGE -> x.avgPool(3, stride(1), pad(1));
            case MAX -> x.maxPool(3, stride(1), pad(1));
        };
    }

    private static Layer unit(Layer x, String name, int filters, int kernel) {
        return unit(x, name, filters, kernel, stride(1));
    }

    private static Layer unit(Layer x, String name, int filters, int kernel, ConvOption stride) {
        return x.at(name).conv(filters, kernel, stride, same()).at(name + "_bn").batchNorm().relu();
    }
}
