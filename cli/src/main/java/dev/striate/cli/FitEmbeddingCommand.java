package dev.striate.cli;

import dev.striate.data.set.DataSets;
import dev.striate.graph.Shape;
import dev.striate.vision.verify.FittedEmbedding;
import dev.striate.vision.verify.Verifier;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "fit-embedding",
        description = "Computes an embedding of faces or other things from a classifier's layer: seconds, few pictures.",
        footerHeading = "%nExamples%n", footer = {
                "  striate fit-embedding --model resnet20 --from runs/resnet20-cifar10-1/model.safetensors --layer relu13 \\",
                "      --input 3x56x48 --data orl-faces.zip --out faces.safetensors",
                "",
                "A quarter of the people is left for `evaluate`, a tenth of the others chooses the thresholds. Training can",
                "go on: `train --task verify --from faces.safetensors`." })
final class FitEmbeddingCommand implements Runnable {
    @Option(names = "--model", required = true, paramLabel = "NET", converter = Source.Converter.class,
            description = Source.DESCRIPTION)
    private Source model;

    @Option(names = "--from", required = true, paramLabel = "F",
            description = "The weights: a Striate model, a safetensors file or PyTorch's.")
    private Path weights;

    @Option(names = "--layer", required = true, paramLabel = "L",
            description = "The layer, by its name in `striate describe NET --nodes`; one of the middle knows shapes best.")
    private String layer;

    @Option(names = "--input", paramLabel = "SHAPE", converter = ShapeConverter.class,
            description = "Another shape of picture for the network, as in 3x56x48.")
    private Optional<Shape> input;

    @Option(names = "--data", required = true, paramLabel = "DATA",
            description = "Pictures of known people: a folder or .zip with a folder for each.")
    private String data;

    @Option(names = "--length", paramLabel = "N",
            description = "The values of an embedding (default: as many as the layer shows, which tells best).")
    private Optional<Integer> length;

    @Option(names = "--seed", paramLabel = "S", defaultValue = "0",
            description = "Another choice of people to leave out.")
    private long seed;

    @Option(names = "--out", required = true, paramLabel = "F", description = "The model to write (.safetensors).")
    private Path out;

    @Mixin
    private Output output;

    @Override
    public void run() {
        var splits = DataSets.open(data).apart(seed);
        var values = length.map(OptionalInt::of).orElse(OptionalInt.empty());
        FittedEmbedding.of(model.network(input, Optional.empty()), weights, layer, values, splits).write(out);
        try (var verifier = Verifier.open(out)) {
            var evaluated = EvaluationTexts.of(verifier.evaluate(splits.test()));
            output.print(evaluated, () -> EvaluationTexts.text(evaluated) + "\nmodel " + out);
        }
    }
}
