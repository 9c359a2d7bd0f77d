package dev.striate.cli;

import dev.striate.data.set.DataSets;
import dev.striate.graph.Shape;
import dev.striate.graph.Size;
import dev.striate.recipe.Preprocessing;
import dev.striate.vision.detect.anchors.AnchorReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "anchors", description = "Anchors that fit a data set's boxes, and how large these are for a network.",
        footerHeading = "%nExamples%n", footer = {
                "  striate anchors bccd.zip",
                "  striate anchors voc/ --input 608x608 --count 5 --fit stretch",
                "",
                "Anchors are the centres of k-means with 1 − IoU as distance, over the training part. The line for [yolo]",
                "is in pixels of the input, the line for [region] in cells of 32 pixels: as Darknet's files have them." })
final class AnchorsCommand implements Runnable {
    private static final int CHANNELS = 3;

    @Parameters(paramLabel = "DATA", description = "A data set's folder, .zip or name.")
    private String data;

    @Option(names = "--input", paramLabel = "SIZE", defaultValue = "416x416",
            converter = MakeScenesCommand.SizeConverter.class,
            description = "The network's input, width x height or one side (default: ${DEFAULT-VALUE}).")
    private Size input;

    @Option(names = "--count", paramLabel = "N", defaultValue = "9",
            description = "How many anchors (default: ${DEFAULT-VALUE}).")
    private int count;

    @Option(names = "--fit", paramLabel = "FIT", defaultValue = "letterbox", converter = FitConverter.class,
            description = "letterbox (the default) keeps a picture's aspect, stretch fills the input.")
    private Preprocessing.Fit fit;

    @Option(names = "--seed", paramLabel = "S", defaultValue = "0",
            description = "Another seed starts elsewhere (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Mixin
    private Output output;

    @Override
    public void run() {
        var splits = DataSets.open(data);
        var preprocessing = Preprocessing.plain(new Shape(CHANNELS, input.height(), input.width()),
                fit);
        var report = AnchorReport.of(splits.name(), splits.train(), preprocessing, count, seed);
        output.print(report, report::toString);
    }
}
