package dev.striate.zoo;

import static dev.striate.graph.Options.ceil;
import static dev.striate.graph.Options.pad;
import static dev.striate.graph.Options.stride;
import static dev.striate.zoo.InceptionModule.conv;
import static dev.striate.zoo.InceptionModule.join;

import dev.striate.graph.Layer;
import dev.striate.graph.Network;
import dev.striate.graph.Shape;
import dev.striate.graph.Size;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// GoogLeNet, the first Inception (Szegedy et al. 2014, table 1), with its two auxiliary heads behind 4a and 4d.
final class GoogLeNet {
    private static final Paper PAPER = new Paper("Going Deeper with Convolutions", "Szegedy et al.", 2014);
    private static final Shape INPUT = new Shape(3, 224, 224);

    private GoogLeNet() {}

    static List<ZooEntry> entries() {
        return List.of(
                new ZooEntry("googlenet", "torchvision's: batch normalisation, 3×3 where the paper has 5×5", PAPER,
                        INPUT,
                        1000, GoogLeNet::torchvision),
                new ZooEntry("googlenet_paper", "the paper's: 5×5, biases, local response normalisation", PAPER, INPUT,
                        1000,
                        GoogLeNet::paper),
                new ZooEntry("googlenet_naive", "the paper's without 1×1 reductions (figure 2a), for study", PAPER,
                        INPUT,
                        1000, GoogLeNet::naive),
                new ZooEntry("googlenet_small", "for pictures of 28 to 64 pixels, without heads", PAPER,
                        new Shape(3, 32, 32), 10, GoogLeNet::small));
    }

    /// A row of table 1: filters of 1×1, of 3×3 and 5×5 with their reductions, and of the pooling's projection.
    private record Row(String name, int one, int threeReduced, int three, int fiveReduced, int five, int pooled) {}

    private static final List<Row> TABLE = List.of(
            new Row("3a", 64, 96, 128, 16, 32, 32),
            new Row("3b", 128, 128, 192, 32, 96, 64),
            new Row("4a", 192, 96, 208, 16, 48, 64),
            new Row("4b", 160, 112, 224, 24, 64, 64),
            new Row("4c", 128, 128, 256, 24, 64, 64),
            new Row("4d", 112, 144, 288, 32, 64, 64),
            new Row("4e", 256, 160, 320, 32, 128, 128),
            new Row("5a", 256, 160, 320, 32, 128, 128),
            new Row("5b", 384, 192, 384, 48, 128, 128));

    /// What makes a module of a row.
    @FunctionalInterface
    private interface Module {
        Layer apply(Layer x, Row row);
    }

    private static Module reduced(ConvUnit unit, int five) {
        return (x, row) -> {
            var at = new InceptionModule(x, "inception" + row.name, unit, 0);
            return join(
                    at.one("branch1", conv(row.one, 1)),
                    at.chain("branch2.", conv(row.threeReduced, 1), conv(row.three, 3)),
                    at.chain("branch3.", conv(row.fiveReduced, 1), conv(row.five, five)),
                    at.chain("branch4.", InceptionModule.MAX, conv(row.pooled, 1)));
        };
    }

    /// Figure 2 (a): the pooling passes all its channels on, so modules widen without end.
    private static Layer naiveModule(Layer x, Row row) {
        var at = new InceptionModule(x, "inception" + row.name, ConvUnit.plain(), 0);
        return join(
                at.one("branch1", conv(row.one, 1)),
                at.one("branch2", conv(row.three, 3)),
                at.one("branch3", conv(row.five, 5)),
                at.chain("branch4.", InceptionModule.MAX));
    }

    private static Network torchvision(String name, Shape input, int classes) {
        var unit = ConvUnit.normalised(1e-3);
        var x = unit.conv(Layer.input(input), "conv1", 64, Size.square(7), stride(2), pad(3)).with(GoogLeNet::halved);
        x = unit.conv(x, "conv2", 64, Size.ONE);
        x = unit.conv(x, "conv3", 192, Size.square(3), pad(1)).with(GoogLeNet::halved);
        var places = places(x, reduced(unit, 3), 2);
        var heads = new TreeMap<String, Layer>();
        heads.put("aux1", head(places.get("4a").adaptiveAvgPool(4), "aux1", unit, classes));
        heads.put("aux2", head(places.get("4d").adaptiveAvgPool(4), "aux2", unit, classes));
        return end(places.get("5b"), 0.2, classes).network(name, Map.of(), heads);
    }

    private static Network paper(String name, Shape input, int classes) {
        var places = places(paperStem(input), reduced(ConvUnit.plain(), 5), 3);
        var heads = new TreeMap<String, Layer>();
        // The heads' pooling needs a 5×5 grid; smaller pictures go without them.
        if (places.get("4a").shape().height() >= 5 && places.get("4a").shape().width() >= 5) {
            heads.put("aux1", head(places.get("4a").avgPool(5, stride(3)), "aux1", ConvUnit.plain(), classes));
            heads.put("aux2", head(places.get("4d").avgPool(5, stride(3)), "aux2", ConvUnit.plain(), classes));
        }
        return end(places.get("5b"), 0.4, classes).network(name, Map.of(), heads);
    }

    private static Network naive(String name, Shape input, int classes) {
        return end(places(paperStem(input), GoogLeNet::naiveModule, 3).get("5b"), 0.4, classes).network(name);
    }

    private static Network small(String name, Shape input, int classes) {
        var unit = ConvUnit.normalised(1e-3);
        var stem = unit.conv(Layer.input(input), "conv1", 192, Size.square(3), pad(1));
        return end(places(stem, reduced(unit, 3), 3).get("5b"), 0.2, classes).network(name);
    }

    private static Layer paperStem(Shape input) {
        return Layer.input(input)
                .at("conv1").conv(64, 7, stride(2), pad(3)).relu().with(GoogLeNet::halved).localResponseNorm()
                .at("conv2").conv(64, 1).relu()
                .at("conv3").conv(192, 3, pad(1)).relu().localResponseNorm().with(GoogLeNet::halved);
    }

    private static Layer halved(Layer x) {
        return x.maxPool(3, stride(2), ceil());
    }

    /// The places behind each module, by the paper's names; poolings stand before 4a and 5a.
    private static HashMap<String, Layer> places(Layer x, Module module, int lastPooling) {
        var places = new HashMap<String, Layer>();
        for (var row : TABLE) {
            if (row.name.equals("4a")) x = halved(x);
            if (row.name.equals("5a")) x = x.maxPool(lastPooling, stride(2), ceil());
            x = module.apply(x, row);
            places.put(row.name, x);
        }
        return places;
    }

    private static Layer head(Layer pooled, String name, ConvUnit unit, int classes) {
        return unit.conv(pooled, name + ".conv", 128, Size.ONE).flatten()
                .at(name + ".fc1").linear(1024).relu().dropout(0.7)
                .at(name + ".fc2").linear(classes);
    }

    private static Layer end(Layer x, double dropout, int classes) {
        return x.globalAvgPool().flatten().dropout(dropout).at("fc").linear(classes);
    }
}
