package dev.striate.cli;

import dev.striate.exchange.Exports;
import dev.striate.onnx.OnnxFile;
import dev.striate.recipe.Preprocessing;
import dev.striate.vision.classify.Run;
import dev.striate.weights.ModelFile;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "export", description = "Writes a model's weights for another program.", footerHeading = "%nExamples%n", footer = {
        "  striate export runs/resnet18-flowers-1 --to safetensors --out resnet18.safetensors",
        "  striate export tiny.safetensors --to darknet --out tiny.weights      writes tiny.cfg too",
        "  striate export resnet18.safetensors --to onnx --out resnet18.onnx",
        "",
        "safetensors: a state dict with torchvision's names, for PyTorch's load_state_dict.",
        "onnx: N x C x H x W float32 pictures in; how they are prepared and the labels are in the file's metadata.",
        "darknet: values of pictures go in as they are, from 0 to 1; classes end in a softmax." })
final class Export implements Runnable {
    @Parameters(paramLabel = "MODEL", description = "A model's file (.safetensors) or a run's folder.")
    private Path model;

    @Option(names = "--to", required = true, paramLabel = "FORMAT", description = "safetensors, darknet or onnx.")
    private Format format;

    @Option(names = "--out", required = true, paramLabel = "FILE", description = "The file to write.")
    private Path out;

    @Mixin
    private Output output;

    private enum Format {
        SAFETENSORS, DARKNET, ONNX
    }

    /// The JSON of an export.
    record Result(List<String> files) {}

    @Override
    public void run() {
        var file = ModelFile.read(Run.model(model));
        var files = write(file).stream().map(Path::toString).toList();
        if (format == Format.DARKNET) warn(file.preprocessing());
        output.print(new Result(files), () -> String.join("\n", files));
    }

    private List<Path> write(ModelFile file) {
        return switch (format) {
            case SAFETENSORS -> Exports.write(file, Exports.Format.SAFETENSORS, out);
            case DARKNET -> Exports.write(file, Exports.Format.DARKNET, out);
            case ONNX -> {
                OnnxFile.of(file).write(out);
                yield List.of(out);
            }
        };
    }

    private void warn(Preprocessing preprocessing) {
        if (preprocessing.equals(Preprocessing.plain(preprocessing.input(), preprocessing.fit()))) return;
        output.say("Note: Darknet reads pictures as values from 0 to 1; this model expects them normalised by the mean "
                + preprocessing.mean() + " and the deviation " + preprocessing.deviation()
                + ", so Darknet's own answers will differ.");
    }
}
