package dev.striate.exchange;

import dev.striate.StriateException;
import dev.striate.darknet.DarknetNetwork;
import dev.striate.darknet.DarknetWeights;
import dev.striate.weights.AtomicFile;
import dev.striate.weights.ModelFile;
import dev.striate.weights.SafeTensors;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;

/// Writes weights for other programs.
public final class Exports {
    private Exports() {}

    /// The programs that a model can be written for.
    public enum Format {
        /// A plain state dict with the names of the published weights, as PyTorch's `load_state_dict` takes it.
        SAFETENSORS,
        /// Darknet's `.weights`, and beside it the network's `.cfg`, which has a softmax behind a classifier.
        DARKNET
    }

    /// Writes a model; gives the files that were written.
    public static List<Path> write(ModelFile model, Format format, Path file) {
        return switch (format) {
            case SAFETENSORS -> safeTensors(model, file);
            case DARKNET -> darknet(model, file);
        };
    }

    private static List<Path> safeTensors(ModelFile model, Path file) {
        var metadata = new LinkedHashMap<String, String>();
        metadata.put("format", "pt");
        new SafeTensors(metadata, model.tensors()).write(file);
        return List.of(file);
    }

    private static List<Path> darknet(ModelFile model, Path file) {
        if (!file.toString().endsWith(".weights")) {
            throw new StriateException("A file for Darknet is expected to end in .weights; received " + file + ".");
        }
        var network = Logits.normalised(model.network().atInference());
        var text = DarknetNetwork.text(network);
        new DarknetWeights(DarknetWeights.Version.CURRENT, 0, model.tensors()).write(file, network);
        var configuration = file.resolveSibling(file.getFileName().toString().replaceFirst("\\.weights$", ".cfg"));
        AtomicFile.write(configuration, text);
        return List.of(file, configuration);
    }
}
