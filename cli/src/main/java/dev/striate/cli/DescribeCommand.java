package dev.striate.cli;

import dev.striate.graph.Comparison;
import dev.striate.graph.Drawing;
import dev.striate.graph.Network;
import dev.striate.graph.Shape;
import dev.striate.graph.Size;
import dev.striate.graph.Summary;
import dev.striate.weights.AtomicFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "describe", description = "Prints a network's table: shapes, parameters, arithmetic, what a unit sees.",
        footerHeading = "%nExamples%n", footer = {
                "  striate describe lenet5",
                "  striate describe resnet20 --input 3x64x64 --classes 100",
                "  striate describe yolo.cfg --svg yolo.svg",
                "  striate describe vgg16 --compare resnet50     what each costs, and at which size of maps",
                "",
                "A note says where a window does not fit evenly, so that part of its input is never seen." })
final class DescribeCommand implements Runnable {
    @Parameters(paramLabel = "NET", converter = Source.Converter.class, description = Source.DESCRIPTION)
    private Source source;

    @Option(names = "--input", paramLabel = "SHAPE", converter = ShapeConverter.class,
            description = "Another shape of picture: channels x height x width, as in 3x224x224.")
    private Optional<Shape> input;

    @Option(names = "--classes", paramLabel = "N", description = "Another number of classes.")
    private Optional<Integer> classes;

    @Option(names = "--nodes", description = "A row for each node; otherwise a layer's row includes its "
            + "normalisation and activation.")
    private boolean nodes;

    @Option(names = "--svg", paramLabel = "FILE", description = "Draw the network into this file, too.")
    private Optional<Path> svg;

    @Option(names = "--compare", paramLabel = "NET", converter = Source.Converter.class,
            description = "Another network, to stand beside it.")
    private Optional<Source> other;

    @Mixin
    private Output output;

    /// The JSON of a row of the table; `note` says where part of the input is never seen.
    record Layer(String name, List<String> nodes, List<String> operations, Shape output, long parameters, long macs,
            Size receptiveField, Optional<String> note) {
        static Layer of(Summary.Row row) {
            return new Layer(row.name(), row.nodes(), row.operations(), row.output(), row.parameters(), row.macs(),
                    row.receptiveField(), row.note());
        }
    }

    /// The JSON of the whole table.
    record Description(String network, Shape input, long parameters, long buffers, long macs, long weightBytes,
            long trainingBytes, long inferenceBytes, List<Summary.Output> outputs, List<Layer> layers) {}

    /// The JSON of two networks beside each other.
    record Both(String first, String second, Summary.Totals firstTotals, Summary.Totals secondTotals,
            List<Comparison.Stage> stages) {}

    @Override
    public void run() {
        var network = source.network(input, classes);
        svg.ifPresent(file -> draw(network, file));
        if (other.isPresent()) {
            compare(Comparison.of(network, other.get().network(input, classes)));
            return;
        }
        var summary = nodes ? Summary.of(network) : Summary.folded(network);
        var totals = summary.totals();
        output.print(new Description(network.name(), network.input(), totals.parameters(), totals.buffers(),
                totals.macs(), totals.weightBytes(), totals.trainingBytes(), totals.inferenceBytes(), summary.outputs(),
                summary.rows().stream().map(Layer::of).toList()), summary::toString);
    }

    private void draw(Network network, Path file) {
        AtomicFile.write(file, Drawing.svg(network));
        output.say("Drawn into " + file + ".");
    }

    private void compare(Comparison both) {
        output.print(new Both(both.first().name(), both.second().name(), both.firstTotals(), both.secondTotals(),
                both.stages()), () -> Comparisons.text(both));
    }
}
