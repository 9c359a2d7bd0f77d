package dev.striate.cli;

import dev.striate.StriateException;
import dev.striate.exchange.Imported;
import dev.striate.graph.Costs;
import dev.striate.graph.Shape;
import dev.striate.text.Listing;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "import", description = "Makes a model of another program's weights.", footerHeading = "%nExamples%n",
        footer = {
                "  striate import resnet18.pth --model resnet18 --labels imagenet.txt --out resnet18.safetensors",
                "  striate import yolo.weights --model yolo.cfg --out yolo.safetensors",
                "",
                "Reads PyTorch's .pth, .pt and .th (a pickle is read, never executed), safetensors, and Darknet's .weights.",
                "Pictures are normalised with ImageNet's mean and deviation, or with FaceNet's for a network of embeddings,",
                "unless --mean and --deviation say otherwise." })
final class ImportCommand implements Runnable {
    @Parameters(paramLabel = "FILE", description = "The weights.")
    private Path file;

    @Option(names = "--model", required = true, paramLabel = "NET", converter = Source.Converter.class,
            description = Source.DESCRIPTION)
    private Source source;

    @Option(names = "--input", paramLabel = "SHAPE", converter = ShapeConverter.class,
            description = "Another shape of picture for the network, as in 3x64x64.")
    private Optional<Shape> input;

    @Option(names = "--classes", paramLabel = "N", description = "Another number of classes.")
    private Optional<Integer> classes;

    @Option(names = "--labels", paramLabel = "FILE", description = "The classes' names, one to a line.")
    private Optional<Path> labels;

    @Option(names = "--mean", paramLabel = "M", split = ",",
            description = "A mean for each channel, of values from 0 to 1.")
    private List<Double> mean = List.of();

    @Option(names = "--deviation", paramLabel = "D", split = ",", description = "A deviation for each channel.")
    private List<Double> deviation = List.of();

    @Option(names = "--out", required = true, paramLabel = "MODEL", description = "The model's file (.safetensors).")
    private Path out;

    @Mixin
    private Output output;

    /// The JSON of an import.
    record Result(String model, String network, long parameters, int labels, List<String> extra) {}

    @Override
    public void run() {
        var imported = source.imported(file, input, classes);
        imported = labels.map(imported::withLabels).orElse(imported);
        if (mean.isEmpty() != deviation.isEmpty()) {
            throw new StriateException("--mean and --deviation are expected together; received one of them.");
        }
        if (!mean.isEmpty()) imported = imported.withNormalisation(mean, deviation);
        imported.model().write(out);
        print(imported);
    }

    private void print(Imported imported) {
        var model = imported.model();
        var parameters = Costs.of(model.network()).parameters();
        output.print(new Result(out.toString(), model.network().name(), parameters, model.labels().size(),
                imported.extra()),
                () -> String.format("%s: %s, %,d parameters%s%s", out, model.network().name(),
                        parameters, model.labels().isEmpty() ? ", no labels" : "",
                        imported.extra().isEmpty() ? "" : "\nunused: " + Listing.some(imported.extra(), 5)));
    }
}
