package dev.striate.cli;

import dev.striate.graph.Costs;
import dev.striate.measure.Figures;
import dev.striate.text.TextTable;
import dev.striate.vision.tasks.Compressed;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "compress",
        description = "Makes fully connected layers smaller by truncated SVD, and says what that costs.",
        footerHeading = "%nExamples%n", footer = {
                "  striate compress runs/fast_rcnn_vgg16-street-1 --rank fc6=1024,fc7=256 --out street-svd.safetensors",
                "  striate compress vgg16.safetensors --rank fc1=1024 --data flowers/ --out vgg16-svd.safetensors",
                "",
                "Each layer becomes two, with RANK values between them (Girshick 2015, section 3.1). Measures on the test",
                "pictures before and after. `train --from` the new model gains back some of what was lost." })
final class CompressCommand implements Runnable {
    @Mixin
    private ModelParameter model;

    @Option(names = "--rank", required = true, split = ",", paramLabel = "LAYER=RANK",
            description = "The rank that a layer keeps; several with commas. `describe` names the layers.")
    private LinkedHashMap<String, Integer> ranks;

    @Mixin
    private ChangedModel changed;

    @Mixin
    private Output output;

    /// The JSON of a model before or after.
    record Side(long parameters, double picturesPerSecond, Map<String, Double> figures) {}

    /// The JSON of what was made.
    record Result(String model, List<Compressed.Layer> layers, int pictures, Side before, Side after) {}

    @Override
    public void run() {
        var file = model.read();
        var compressed = Compressed.of(file, ranks);
        var pictures = changed.test(changed.pictures(model));
        var before = Compressed.test(file, pictures);
        var after = Compressed.test(compressed.file(), pictures);
        compressed.file().write(changed.out());
        var result = new Result(changed.out().toString(), compressed.layers(), pictures.size(),
                side(Costs.of(file.network()).parameters(), before),
                side(Costs.of(compressed.file().network()).parameters(), after));
        output.print(result, () -> text(result, before.measured().figures().deciding()));
    }

    private static Side side(long parameters, Compressed.Test test) {
        return new Side(parameters, test.picturesPerSecond(), test.measured().figures().values());
    }

    private static String text(Result result, String deciding) {
        var layers = new TextTable("layer", "rank", "weights", "now", "kept of the singular values' squares");
        for (var layer : result.layers()) {
            layers.row(layer.name(), layer.rank(), count(layer.before()), count(layer.after()),
                    String.format(Locale.ROOT, "%.2f %%", 100 * layer.kept()));
        }
        var sides = new TextTable("", "before", "after");
        sides.row("parameters", count(result.before().parameters()), count(result.after().parameters()));
        sides.row("pictures/s", String.format(Locale.ROOT, "%.1f", result.before().picturesPerSecond()),
                String.format(Locale.ROOT, "%.1f", result.after().picturesPerSecond()));
        EvaluationTexts.names(result.before().figures(), deciding).forEach(name -> sides.row(Figures.words(name),
                String.format(Locale.ROOT, "%.4f", result.before().figures().get(name)),
                String.format(Locale.ROOT, "%.4f", result.after().figures().get(name))));
        return layers + String.format(Locale.ROOT, "%non %,d test pictures:%n%n%s%n%s", result.pictures(), sides,
                result.model());
    }

    private static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }
}
