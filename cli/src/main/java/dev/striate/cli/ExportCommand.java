package dev.striate.cli;

import dev.striate.data.set.DataSets;
import dev.striate.exchange.Exports;
import dev.striate.onnx.Int8;
import dev.striate.onnx.OnnxFile;
import dev.striate.plan.Calibration;
import dev.striate.recipe.Preprocessing;
import dev.striate.region.RegionDetector;
import dev.striate.vision.export.Rounded;
import dev.striate.weights.ModelFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(name = "export", description = "Writes a model's weights for another program.", footerHeading = "%nExamples%n",
        footer = {
                "  striate export runs/resnet18-flowers-1 --to safetensors --out resnet18.safetensors",
                "  striate export tiny.safetensors --to darknet --out tiny.weights      writes tiny.cfg too",
                "  striate export resnet18.safetensors --to onnx --out resnet18.onnx",
                "  striate export resnet20.safetensors --to onnx --int8 --data cifar10.zip --out resnet20-int8.onnx",
                "",
                "safetensors: a state dict with torchvision's names, for PyTorch's load_state_dict.",
                "onnx: N x C x H x W float32 pictures in; how they are prepared and the labels are in the file's metadata.",
                "darknet: values of pictures go in as they are, from 0 to 1; classes end in a softmax." })
final class ExportCommand implements Runnable {
    @Mixin
    private ModelParameter model;

    @Option(names = "--to", required = true, paramLabel = "FORMAT", description = "safetensors, darknet or onnx.")
    private Format format;

    @Option(names = "--int8", description = "Round weights and values to 8 bits (onnx only; takes --data).")
    private boolean int8;

    @Option(names = "--data", paramLabel = "DATA",
            description = "A data set's folder, .zip or name, on whose training pictures --int8 finds its ranges; a model that quantise made keeps its own.")
    private Optional<String> data;

    @Option(names = "--out", required = true, paramLabel = "FILE", description = "The file to write.")
    private Path out;

    @Mixin
    private CalibrationOptions calibration;

    @Mixin
    private Output output;

    @Spec
    private CommandSpec spec;

    private enum Format {
        SAFETENSORS, DARKNET, ONNX
    }

    /// The JSON of an export; `int8` names the layers that run in 8 bits.
    record Result(List<String> files, Collection<String> int8) {}

    @Override
    public void run() {
        checkOptions();
        var file = model.read();
        var result = switch (format) {
            case SAFETENSORS -> written(Exports.write(file, Exports.Format.SAFETENSORS, out));
            case DARKNET -> written(Exports.write(file, Exports.Format.DARKNET, out));
            case ONNX -> onnx(file);
        };
        if (format == Format.DARKNET) warn(file.preprocessing());
        output.print(result, () -> text(result));
    }

    private void checkOptions() {
        if (int8 != data.isPresent()) throw misused("--int8 and --data are expected together; received one of them");
        if (int8 && format != Format.ONNX) throw misused("--int8 expects --to onnx; received " + format);
    }

    private ParameterException misused(String sentence) {
        return new ParameterException(spec.commandLine(), sentence);
    }

    private static Result written(List<Path> files) {
        return new Result(files.stream().map(Path::toString).toList(), List.of());
    }

    private Result onnx(ModelFile file) {
        if (RegionDetector.isIn(file.network())) return halves(file);
        var rounded = data.map(set -> Rounded.on(file, DataSets.open(set).train(),
                calibration.pictures(), calibration.by(Calibration.Method.ENTROPY)))
                .orElse(Int8.NONE);
        OnnxFile.of(file, rounded).write(out);
        return new Result(List.of(out.toString()), rounded.layers());
    }

    /// A detector with regions is two networks: NAME-features.onnx and NAME-head.onnx.
    private Result halves(ModelFile file) {
        if (int8) throw misused("--int8 expects a network in one piece; a detector with regions has two");
        var name = out.getFileName().toString().replaceFirst("\\.onnx$", "");
        var files = new ArrayList<Path>();
        OnnxFile.halves(file).forEach((half, model) -> {
            files.add(out.resolveSibling(name + "-" + half + ".onnx"));
            model.write(files.getLast());
        });
        return written(files);
    }

    private String text(Result result) {
        var files = String.join("\n", result.files());
        if (!int8) return files;
        var layers = result.int8().isEmpty() ? "no layer; each would change the output by more than --most"
                : String.join(", ", result.int8());
        return files + "\nin int8: " + layers;
    }

    private void warn(Preprocessing preprocessing) {
        if (preprocessing.equals(Preprocessing.plain(preprocessing.input(), preprocessing.fit()))) return;
        output.say("Note: Darknet reads pictures as values from 0 to 1; this model expects them normalised by the mean "
                + preprocessing.mean() + " and the deviation " + preprocessing.deviation()
                + ", so Darknet's own answers will differ.");
    }
}
