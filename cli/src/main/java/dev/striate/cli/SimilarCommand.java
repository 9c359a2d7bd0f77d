package dev.striate.cli;

import dev.striate.text.TextTable;
import dev.striate.vision.features.Features;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "similar", description = "Finds the pictures most like one, among those whose features were saved.",
        footerHeading = "%nExamples%n", footer = {
                "  striate similar features.safetensors photo.jpg --top 3" })
final class SimilarCommand implements Runnable {
    @Parameters(index = "0", paramLabel = "FEATURES", description = "What `striate features` wrote.")
    private Path features;

    @Parameters(index = "1", paramLabel = "PICTURE", description = "The picture to compare with.")
    private Path picture;

    @Option(names = "--top", paramLabel = "N", defaultValue = "5",
            description = "How many to show (default: ${DEFAULT-VALUE}).")
    private int top;

    @Mixin
    private DeviceOptions device;

    @Mixin
    private Output output;

    @Override
    public void run() {
        var neighbours = Features.read(features).nearest(picture, top, device.start());
        output.print(neighbours, () -> {
            var table = new TextTable("similarity", "picture");
            neighbours.forEach(near -> table.row(Math.round(near.similarity() * 1e4) / 1e4, near.picture()));
            return table.toString();
        });
    }
}
