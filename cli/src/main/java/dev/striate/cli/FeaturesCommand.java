package dev.striate.cli;

import dev.striate.vision.classify.Run;
import dev.striate.vision.features.Features;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "features", description = "Saves what a layer says of pictures, as vectors.", footerHeading = "%nExamples%n", footer = {
        "  striate features model.safetensors photos/*.jpg --layer avgpool --out features.safetensors" })
final class FeaturesCommand implements Runnable {
    @Parameters(index = "0", paramLabel = "MODEL", description = "A model's file, or a run's folder.")
    private Path model;

    @Parameters(index = "1..*", arity = "1..*", paramLabel = "PICTURE", description = "Pictures.")
    private List<Path> pictures;

    @Option(names = "--layer", required = true, paramLabel = "L", description = "The layer, by its name in `striate describe MODEL --nodes`.")
    private String layer;

    @Option(names = "--out", required = true, paramLabel = "F", description = "The file to write (.safetensors).")
    private Path out;

    @Mixin
    private Machine machine;

    @Mixin
    private Output output;

    /// The JSON of what was written.
    record Result(String file, int pictures, int dimensions) {}

    @Override
    public void run() {
        var features = Features.of(Run.model(model), layer, pictures, machine.start());
        features.write(out);
        output.print(new Result(out.toString(), pictures.size(), features.dimensions()),
                () -> pictures.size() + " vectors of " + features.dimensions() + " values in " + out);
    }
}
