package dev.striate.cli;

import dev.striate.data.set.Part;
import dev.striate.plan.Calibration;
import dev.striate.vision.tasks.Quantised;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "quantise", description = "Makes a model run in int8 on the CPU, and says what that costs.",
        footerHeading = "%nExamples%n", footer = {
                "  striate quantise runs/resnet18-flowers-1 --out flowers-int8.safetensors",
                "  striate quantise flowers.safetensors --data flowers/ --out flowers-int8.safetensors",
                "  striate quantise runs/yolov3_small-scenes-1 --out shapes-int8.safetensors      mAP in float32 and int8",
                "",
                "Models of every task. Finds on some training pictures which values 8 bits have to stand for; measures on the test",
                "pictures. The model written keeps its float32 weights: `evaluate`, `predict`, `detect`, `segment` and `localise`",
                "run it in int8, --engine torch in float32." })
final class QuantiseCommand implements Runnable {
    @Mixin
    private ModelParameter model;

    @Mixin
    private ChangedModel changed;

    @Option(names = "--range", paramLabel = "HOW", defaultValue = "entropy",
            description = "What 8 bits reach up to: entropy (the default), percentile or extremes.")
    private Calibration.Method method;

    @Mixin
    private CalibrationOptions calibration;

    @Mixin
    private Output output;

    /// A layer's loss when it alone runs in int8: the norm of the output's error relative to the output's.
    record Layer(String name, double loss, boolean int8) {}

    /// The JSON of what was made.
    ///
    /// @param test [QuantisedTexts.Answers] of a classifier, [QuantisedTexts.BothWays] of others
    record Result(String model, List<Layer> layers, double loss, Record test) {}

    @Override
    public void run() {
        var sets = changed.pictures(model);
        var quantised = Quantised.of(model.read(), sets.part(Part.TRAIN), calibration.pictures(),
                calibration.by(method));
        var cost = quantised.cost(changed.test(sets));
        quantised.file().write(changed.out());
        var layers = quantised.quantisation().losses().entrySet().stream()
                .map(loss -> new Layer(loss.getKey(), loss.getValue(),
                        quantised.quantisation().layers().containsKey(loss.getKey())))
                .toList();
        var result = new Result(changed.out().toString(), layers, quantised.quantisation().loss(),
                QuantisedTexts.test(cost));
        output.print(result, () -> QuantisedTexts.text(result));
    }
}
