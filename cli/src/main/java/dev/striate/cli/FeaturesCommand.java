package dev.striate.cli;

import dev.striate.StriateException;
import dev.striate.data.set.DataSets;
import dev.striate.data.set.Part;
import dev.striate.data.set.PicturePaths;
import dev.striate.vision.features.Features;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "features", description = "Saves a layer's activations as feature vectors.",
        footerHeading = "%nExamples%n", footer = {
                "  striate features model.safetensors photos/*.jpg --layer avgpool --out features.safetensors",
                "  striate features runs/resnet20-cifar10-1 --data cifar10.zip --layer adaptiveAvgPool1 --out features.safetensors" })
final class FeaturesCommand implements Runnable {
    @Mixin
    private ModelParameter model;

    @Parameters(index = "1..*", arity = "0..*", paramLabel = "PICTURE",
            description = "JPEG, PNG, PGM, PPM, BMP or WebP files, folders of them, or patterns such as '*.jpg'; or --data.")
    private List<String> pictures = List.of();

    @Option(names = "--data", paramLabel = "DATA", description = "All pictures of a data set's part, instead.")
    private Optional<String> data;

    @Option(names = "--part", paramLabel = "PART", defaultValue = "test",
            description = "train, validation or test (the default).")
    private Part part;

    @Option(names = "--layer", required = true, paramLabel = "L",
            description = "The layer, by its name in `striate describe MODEL --nodes`.")
    private String layer;

    @Option(names = "--out", required = true, paramLabel = "F", description = "The file to write (.safetensors).")
    private Path out;

    @Mixin
    private DeviceOptions device;

    @Mixin
    private Output output;

    /// The JSON of what was written.
    record Result(String file, int pictures, int dimensions) {}

    @Override
    public void run() {
        if (pictures.isEmpty() == data.isEmpty()) {
            throw new StriateException("Pictures were expected, as files or by --data; received "
                    + (data.isEmpty() ? "neither." : "both."));
        }
        var file = model.file();
        var features = data.isEmpty() ? Features.of(file, layer,
                pictures.stream().flatMap(picture -> PicturePaths.of(picture).stream()).toList(), device.start())
                : Features.of(file, layer, DataSets.open(data.get()).part(part), device.start());
        features.write(out);
        var count = features.pictures().size();
        output.print(new Result(out.toString(), count, features.dimensions()),
                () -> count + (count == 1 ? " vector of " : " vectors of ") + features.dimensions() + " values in "
                        + out);
    }
}
