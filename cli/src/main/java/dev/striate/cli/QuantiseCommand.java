package dev.striate.cli;

import dev.striate.data.set.Part;
import dev.striate.data.set.Splits;
import dev.striate.plan.Calibration;
import dev.striate.vision.tasks.Quantised;
import java.util.List;
import java.util.OptionalDouble;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "quantise", description = "Makes a model run in int8 or bf16 on the CPU, and says what that costs.",
        footerHeading = "%nExamples%n", footer = {
                "  striate quantise runs/resnet18-flowers-1 --out flowers-int8.safetensors",
                "  striate quantise flowers.safetensors --data flowers/ --out flowers-int8.safetensors",
                "  striate quantise runs/yolov3_small-scenes-1 --out shapes-int8.safetensors      mAP in float32 and int8",
                "  striate quantise flowers.safetensors --data flowers/ --to bf16 --out flowers-bf16.safetensors",
                "",
                "Models of every task. Finds on some training pictures which values 8 bits have to stand for, which bf16 does not",
                "need; measures on the test pictures. The model written keeps its float32 weights: `evaluate`, `predict`, `detect`,",
                "`segment` and `localise` run it in int8 or bf16, --engine torch and --precision float32 in float32." })
final class QuantiseCommand implements Runnable {
    @Mixin
    private ModelParameter model;

    @Mixin
    private ChangedModel changed;

    @Option(names = "--to", paramLabel = "NUMBERS", defaultValue = "int8",
            description = "int8 (the default), whose ranges have to be found, or bf16.")
    private Target target;

    @Option(names = "--range", paramLabel = "HOW", defaultValue = "entropy",
            description = "What 8 bits reach up to: entropy (the default), percentile or extremes; pictures to their extremes.")
    private Calibration.Method method;

    @Mixin
    private CalibrationOptions calibration;

    @Mixin
    private Output output;

    /// What a model can be made to run in.
    enum Target {
        INT8, BF16
    }

    /// A layer's loss when it alone runs in int8: the norm of the output's error relative to the output's.
    record Layer(String name, double loss, boolean int8) {}

    /// The JSON of what was made.
    ///
    /// @param loss of the layers in int8 together
    /// @param test of a classifier [QuantisedTexts.Answers] or [QuantisedTexts.Bf16Answers], of others
    ///        [QuantisedTexts.BothWays] or [QuantisedTexts.Bf16BothWays]
    record Result(String model, List<Layer> layers, OptionalDouble loss, Record test) {}

    @Override
    public void run() {
        var sets = changed.pictures(model);
        var quantised = quantised(sets);
        var cost = quantised.cost(changed.test(sets));
        quantised.file().write(changed.out());
        var int8 = quantised.quantisation();
        var layers = int8.losses().entrySet().stream()
                .map(loss -> new Layer(loss.getKey(), loss.getValue(), int8.layers().containsKey(loss.getKey())))
                .toList();
        var texts = new QuantisedTexts(target, cost);
        var result = new Result(changed.out().toString(), layers,
                target == Target.INT8 ? OptionalDouble.of(int8.loss()) : OptionalDouble.empty(), texts.test());
        output.print(result, () -> texts.text(result));
    }

    private Quantised quantised(Splits sets) {
        return switch (target) {
            case BF16 -> Quantised.inBf16(model.read());
            case INT8 -> Quantised.of(model.read(), sets.part(Part.TRAIN), calibration.pictures(),
                    calibration.by(method));
        };
    }
}
