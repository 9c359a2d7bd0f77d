package dev.striate.bench.table;

import dev.striate.StriateException;
import dev.striate.cli.Benchmark.Subject;
import dev.striate.cli.Contender;
import dev.striate.files.FileErrors;
import dev.striate.files.Folders;
import dev.striate.graph.Network;
import dev.striate.json.Json;
import dev.striate.onnx.Int8;
import dev.striate.onnx.OnnxFile;
import dev.striate.plan.Calibration;
import dev.striate.plan.Quantisation;
import dev.striate.recipe.Initialisation;
import dev.striate.recipe.Preprocessing;
import dev.striate.recipe.Start;
import dev.striate.task.Task.Classification;
import dev.striate.vision.Sampled;
import dev.striate.vision.export.Rounded;
import dev.striate.weights.AtomicFile;
import dev.striate.weights.ModelFile;
import dev.striate.weights.NetworkTensors;
import dev.striate.yolo.YoloHeads;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// The files that contenders read: a network with its weights or random ones, pictures of noise, and what only some of them need.
final class Prepared {
    /// Every layer in int8 that can be: what random weights lose by it says nothing about trained ones.
    private static final Calibration CALIBRATION = new Calibration(Calibration.Method.EXTREMES, Double.MAX_VALUE);
    private static final int CALIBRATION_PICTURES = 1;

    private Prepared() {}

    /// Writes what these contenders need for a network and is not there yet; gives the model's file.
    static Path write(Path folder, Subject subject, List<Integer> batches, List<Contender> contenders) {
        var file = folder.resolve(subject.name() + ".safetensors");
        Folders.make(folder);
        if (!Files.exists(file)) subject.weights().orElseGet(() -> model(subject.network().atInference())).write(file);
        var model = ModelFile.read(file);
        for (var batch : batches) {
            missing(pixels(file, batch)).ifPresent(path -> AtomicFile.write(path,
                    channel -> AtomicFile.writeFully(channel, Pixels.noise(model.network().input(), batch))));
        }
        if (contenders.stream().anyMatch(Contender::readsOnnx)) {
            missing(onnx(file)).ifPresent(OnnxFile.of(model)::write);
        }
        if (contenders.stream().anyMatch(contender -> contender.numbers() == Contender.Numbers.INT8)) {
            missing(beside(file, ".int8.json")).ifPresent(path -> calibrate(model, path));
        }
        if (contenders.contains(Contender.ONNX_RUNTIME_INT8)) {
            missing(int8Onnx(file)).ifPresent(path -> OnnxFile.of(model, rounded(file, model)).write(path));
        }
        return file;
    }

    /// Where the pictures of a batch lie.
    static Path pixels(Path model, int batch) {
        return beside(model, "-" + batch + ".pixels");
    }

    /// Where the network lies as an ONNX file.
    static Path onnx(Path model) {
        return beside(model, ".onnx");
    }

    /// Where it lies as an ONNX file whose layers are in int8 by the same ranges as ours.
    static Path int8Onnx(Path model) {
        return beside(model, ".int8.onnx");
    }

    private static Int8 rounded(Path file, ModelFile model) {
        var pixels = Pixels.noise(model.network().input(), CALIBRATION_PICTURES);
        return Rounded.by(quantisation(file), model, new Sampled(pixels, CALIBRATION_PICTURES));
    }

    static Quantisation quantisation(Path model) {
        var file = beside(model, ".int8.json");
        try {
            return Json.read(Files.readString(file), Quantisation.class, file.toString());
        } catch (IOException e) {
            throw new StriateException(file + " could not be read: " + FileErrors.whyNotRead(file, e) + ".", e);
        }
    }

    private static Path beside(Path model, String suffix) {
        return model.resolveSibling(model.getFileName().toString().replaceFirst("\\.safetensors$", "") + suffix);
    }

    private static Optional<Path> missing(Path file) {
        return Optional.of(file).filter(Predicate.not(Files::exists));
    }

    private static ModelFile model(Network network) {
        var tensors = NetworkTensors.fresh(network, Start.of(new Initialisation.HeFanIn()));
        return new ModelFile(network, Preprocessing.plain(network.input(), new Preprocessing.Stretch()),
                new Classification(List.of()),
                Optional.empty(), YoloHeads.areIn(network) ? LastLayers.likeTrained(network, tensors) : tensors);
    }

    private static void calibrate(ModelFile model, Path file) {
        var pixels = Pixels.noise(model.network().input(), CALIBRATION_PICTURES);
        var quantisation = CALIBRATION.quantise(model.network(), model.tensors(), pixels, CALIBRATION_PICTURES);
        var text = Json.write(quantisation, Quantisation.class);
        AtomicFile.write(file, text);
    }
}
