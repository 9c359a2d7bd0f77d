package dev.striate.cli;

import dev.striate.exchange.Exports;
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
        "",
        "safetensors: a state dict with torchvision's names, for PyTorch's load_state_dict." })
final class Export implements Runnable {
    @Parameters(paramLabel = "MODEL", description = "A model's file (.safetensors) or a run's folder.")
    private Path model;

    @Option(names = "--to", required = true, paramLabel = "FORMAT", description = "safetensors or darknet.")
    private Exports.Format format;

    @Option(names = "--out", required = true, paramLabel = "FILE", description = "The file to write.")
    private Path out;

    @Mixin
    private Output output;

    /// The JSON of an export.
    record Result(List<String> files) {}

    @Override
    public void run() {
        var files = Exports.write(ModelFile.read(Run.model(model)), format, out).stream().map(Path::toString).toList();
        output.print(new Result(files), () -> String.join("\n", files));
    }
}
