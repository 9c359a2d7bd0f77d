package dev.striate.cli;

import dev.striate.data.picture.Pictures;
import dev.striate.data.set.DataSets;
import dev.striate.graph.Shape;
import dev.striate.recipe.Augmentation;
import dev.striate.recipe.Recipes;
import dev.striate.vision.train.Preview;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "preview", description = "Draws what a recipe's augmentations make of pictures.",
        footerHeading = "%nExamples%n", footer = {
                "  striate preview flowers/ --recipe googlenet --input 3x224x224 --out preview.png" })
final class PreviewCommand implements Runnable {
    @Parameters(paramLabel = "DATA", description = "A data set's folder, .zip or name.")
    private String data;

    @Option(names = "--recipe", required = true, paramLabel = "NAME", description = "A paper's recipe by name.")
    private String recipe;

    @Option(names = "--input", paramLabel = "SHAPE", converter = ShapeConverter.class,
            description = "The network's input; otherwise the shape of the first picture.")
    private Optional<Shape> input;

    @Option(names = "--rows", paramLabel = "N", defaultValue = "4",
            description = "How many pictures (default: ${DEFAULT-VALUE}).")
    private int rows;

    @Option(names = "--mosaic", paramLabel = "P",
            description = "Join four pictures into one with this probability, as in 0.5; for boxes.")
    private Optional<Double> mosaic;

    @Option(names = "--out", required = true, paramLabel = "F", description = "The picture to write (.png).")
    private Path out;

    @Mixin
    private Output output;

    @Override
    public void run() {
        var train = DataSets.open(data).train();
        var first = train.picture(0);
        var shape = input.orElse(new Shape(first.channels(), first.height(), first.width()));
        var plain = Recipes.forInput(Recipes.recipe(recipe), shape.size());
        var sized = mosaic.map(Augmentation.Mosaic::new).map(plain::withMosaic).orElse(plain);
        Pictures.write(Preview.draw(train, sized, shape, rows), out);
        output.print(out.toString(), out::toString);
    }
}
