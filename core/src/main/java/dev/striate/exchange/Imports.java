package dev.striate.exchange;

import dev.striate.darknet.DarknetNetwork;
import dev.striate.darknet.DarknetWeights;
import dev.striate.embedding.Towers;
import dev.striate.graph.Network;
import dev.striate.graph.Op;
import dev.striate.graph.Shape;
import dev.striate.recipe.Preprocessing;
import dev.striate.recipe.Preprocessing.CenterCrop;
import dev.striate.recipe.Preprocessing.Stretch;
import dev.striate.task.Task;
import dev.striate.weights.ModelFile;
import dev.striate.weights.StateDict;
import dev.striate.weights.TensorData;
import dev.striate.yolo.YoloHeads;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.IntStream;

/// Reads other programs' weights.
public final class Imports {
    /// ImageNet's mean and deviation in red, green and blue, as torchvision's models expect them.
    private static final List<Double> MEAN = List.of(0.485, 0.456, 0.406);
    private static final List<Double> DEVIATION = List.of(0.229, 0.224, 0.225);
    /// FaceNet's in all channels: (v − 127.5) / 128 of a value v from 0 to 255.
    private static final double FACE_MEAN = 127.5 / 255;
    private static final double FACE_DEVIATION = 128.0 / 255;
    /// Inputs up to this side see the whole picture; larger ones its middle, 224 of 256 pixels.
    private static final int SMALL = 64;

    private Imports() {}

    /// Reads PyTorch's files, safetensors or Darknet's `.weights` for a network, with ImageNet's preprocessing, or FaceNet's
    /// where it gives embeddings of length 1; refuses, by name, tensors that are missing or of other shapes. Auxiliary heads
    /// that the file lacks are left out, and so is a softmax at the end.
    public static Imported read(Path file, Network network) {
        return isDarknet(file) ? darknet(file, network, preprocessing(network))
                : stateDict(file, network, preprocessing(network));
    }

    /// The same for a Darknet network, with its own preprocessing.
    public static Imported read(Path file, DarknetNetwork darknet) {
        var imported = isDarknet(file) ? darknet(file, darknet.network(), darknet.preprocessing())
                : stateDict(file, darknet.network(), darknet.preprocessing());
        return darknet.words().map(words -> imported.withLabels(words.names())).orElse(imported);
    }

    private static boolean isDarknet(Path file) {
        return file.toString().endsWith(".weights") || file.toString().matches(".*\\.conv\\.\\d+");
    }

    private static Imported darknet(Path file, Network network, Preprocessing preprocessing) {
        return imported(network, preprocessing, DarknetWeights.read(file, network).tensors(), List.of());
    }

    private static Imported stateDict(Path file, Network network, Preprocessing preprocessing) {
        var dict = StateDict.read(file);
        var match = dict.match(network);
        if (!match.isWhole() && dict.match(network.atInference()).isWhole()) {
            return imported(network.atInference(), preprocessing, dict.match(network.atInference()).whole(),
                    match.extra());
        }
        return imported(network, preprocessing, match.whole(), match.extra());
    }

    private static Imported imported(Network network, Preprocessing preprocessing,
            SequencedMap<String, TensorData> tensors, List<String> extra) {
        return new Imported(
                new ModelFile(Logits.of(network), preprocessing, task(network), Optional.empty(), tensors), extra);
    }

    /// What a network answers; a detector's classes are numbered until somebody names them.
    private static Task task(Network network) {
        if (Towers.comparePairs(network) || givesUnits(network)) return new Task.Verification(List.of());
        if (!YoloHeads.areIn(network)) return new Task.Classification(List.of());
        return new Task.Detection(IntStream.range(0, YoloHeads.of(network).classes()).mapToObj(k -> "class " + k)
                .toList());
    }

    private static boolean givesUnits(Network network) {
        return network.nodes().get(network.output()).op() instanceof Op.L2Norm;
    }

    /// For embeddings the whole picture, which shows a face that was cut out before.
    private static Preprocessing preprocessing(Network network) {
        var input = network.input();
        if (!givesUnits(network) || input.channels() != 3) return preprocessing(input);
        return new Preprocessing(input, new Stretch(), Collections.nCopies(3, FACE_MEAN),
                Collections.nCopies(3, FACE_DEVIATION));
    }

    /// ImageNet's for red, green and blue; values from 0 to 1 for anything else.
    static Preprocessing preprocessing(Shape input) {
        var side = Math.min(input.height(), input.width());
        var fit = side <= SMALL ? new Stretch() : CenterCrop.usual(side);
        return input.channels() == 3 ? new Preprocessing(input, fit, MEAN, DEVIATION)
                : Preprocessing.plain(input, fit);
    }
}
