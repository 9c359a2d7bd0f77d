package dev.striate.zoo;

import static dev.striate.graph.Options.pad;

import dev.striate.graph.Layer;
import dev.striate.graph.Network;
import dev.striate.graph.Op;
import dev.striate.graph.Options.ConvOption;
import dev.striate.graph.Shape;
import dev.striate.graph.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// LeNet-5 (LeCun et al. 1998, §II-B): as published, and with the dense C3 and plain poolings of today's tutorials.
final class LeNet {
    private static final Paper PAPER = new Paper("Gradient-Based Learning Applied to Document Recognition",
            "LeCun et al.", 1998);
    private static final Shape INPUT = new Shape(1, 32, 32);

    private LeNet() {}

    static List<ZooEntry> entries() {
        return List.of(
                new ZooEntry("lenet5_paper", "as published: sparse C3, trainable sub-sampling", PAPER, INPUT, 10,
                        LeNet::published),
                new ZooEntry("lenet5_softmax", "as published, a fully connected output", PAPER, INPUT, 10,
                        (name, input, classes) -> f6(input).at("output").linear(classes).network(name)),
                new ZooEntry("lenet5", "dense C3, max pooling, ReLU, softmax", PAPER, INPUT, 10, LeNet::dense));
    }

    private static Network published(String name, Shape input, int classes) {
        return output(f6(input), classes).network(name);
    }

    private static Layer f6(Shape input) {
        return squash(Layer.input(input).at("c1").conv(6, 5, centred(input)))
                .with(x -> squash(subsample(x, "s2")))
                .with(x -> squash(x.at("c3").then(new Op.TableConv(table(), Window.of(5)))))
                .with(x -> squash(subsample(x, "s4")))
                .with(x -> squash(x.at("c5").conv(120, 5)))
                .flatten()
                .with(x -> squash(x.at("f6").linear(84)));
    }

    /// The paper's prototypes are drawings of characters; other than ten classes get a fully connected layer.
    private static Layer output(Layer f6, int classes) {
        if (classes != 10) return f6.at("output").linear(classes);
        return f6.at("rbf").then(new Op.RadialBasis(prototypes())).at("output").scale(-1);
    }

    private static Network dense(String name, Shape input, int classes) {
        return Layer.input(input)
                .at("c1").conv(6, 5, centred(input)).relu().at("s2").maxPool(2)
                .at("c3").conv(16, 5).relu().at("s4").maxPool(2)
                .at("c5").conv(120, 5).relu()
                .flatten()
                .at("f6").linear(84).relu()
                .at("output").linear(classes)
                .network(name);
    }

    /// The paper centres its 28×28 digits in a field of 32×32; smaller pictures get that border here.
    private static ConvOption centred(Shape input) {
        return pad(Math.max(0, (33 - input.height()) / 2), Math.max(0, (33 - input.width()) / 2));
    }

    /// The paper's sigmoid: 1.7159 tanh(2a/3) (appendix A).
    private static Layer squash(Layer x) {
        return x.scale(2.0 / 3).tanh().scale(1.7159);
    }

    private static Layer subsample(Layer x, String name) {
        return x.avgPool(2).at(name).then(new Op.ChannelAffine());
    }

    /// Which maps of S2 each map of C3 sees (table I): six triples, six runs of four, three gapped fours, all.
    private static List<List<Integer>> table() {
        var table = new ArrayList<List<Integer>>();
        for (var i = 0; i < 6; i++) table.add(wrapped(i, i + 1, i + 2));
        for (var i = 0; i < 6; i++) table.add(wrapped(i, i + 1, i + 2, i + 3));
        for (var i = 0; i < 3; i++) table.add(wrapped(i, i + 1, i + 3, i + 4));
        table.add(wrapped(0, 1, 2, 3, 4, 5));
        return table;
    }

    private static List<Integer> wrapped(int... maps) {
        return IntStream.of(maps).map(map -> map % 6).sorted().boxed().toList();
    }

    /// Digits drawn on 7×12 cells: +1 where there is ink, −1 elsewhere.
    private static List<List<Integer>> prototypes() {
        return List.of(DIGITS.split("\n\n")).stream()
                .map(digit -> digit.replace("\n", "").chars().mapToObj(c -> c == '#' ? 1 : -1).toList())
                .toList();
    }

    private static final String DIGITS = """
            .......
            ..###..
            .#...#.
            #.....#
            #.....#
            #.....#
            #.....#
            #.....#
            .#...#.
            ..###..
            .......
            .......

            .......
            ...#...
            ..##...
            .#.#...
            ...#...
            ...#...
            ...#...
            ...#...
            ...#...
            .#####.
            .......
            .......

            .......
            .#####.
            #.....#
            ......#
            .....#.
            ...##..
            ..#....
            .#.....
            #......
            #######
            .......
            .......

            .......
            .#####.
            #.....#
            ......#
            ......#
            ..####.
            ......#
            ......#
            #.....#
            .#####.
            .......
            .......

            .......
            .....#.
            ....##.
            ...#.#.
            ..#..#.
            .#...#.
            #######
            .....#.
            .....#.
            .....#.
            .......
            .......

            .......
            #######
            #......
            #......
            ######.
            ......#
            ......#
            ......#
            #.....#
            .#####.
            .......
            .......

            .......
            ..####.
            .#.....
            #......
            #......
            ######.
            #.....#
            #.....#
            #.....#
            .#####.
            .......
            .......

            .......
            #######
            ......#
            .....#.
            ....#..
            ....#..
            ...#...
            ...#...
            ..#....
            ..#....
            .......
            .......

            .......
            .#####.
            #.....#
            #.....#
            #.....#
            .#####.
            #.....#
            #.....#
            #.....#
            .#####.
            .......
            .......

            .......
            .#####.
            #.....#
            #.....#
            #.....#
            .######
            ......#
            ......#
            .....#.
            .####..
            .......
            .......""";
}
