package dev.striate.bench;

import dev.striate.box.Box;
import dev.striate.data.batch.Preparation;
import dev.striate.data.picture.Picture;
import dev.striate.detect.Detection;
import dev.striate.graph.Network;
import dev.striate.recipe.Initialisation;
import dev.striate.recipe.Preprocessing;
import dev.striate.recipe.Start;
import dev.striate.region.RegionDetector;
import dev.striate.task.Task;
import dev.striate.torch.Device;
import dev.striate.vision.Inference;
import dev.striate.vision.Running;
import dev.striate.vision.detect.Detector;
import dev.striate.vision.detect.Thresholds;
import dev.striate.weights.ModelFile;
import dev.striate.weights.NetworkTensors;
import dev.striate.weights.TensorData;
import dev.striate.zoo.Zoo;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;

/// `detect` with Faster R-CNN beside the same network in PyTorch and torchvision, in turn, with random weights on one picture
/// of noise: 300 proposals, pooling and suppression included. `RegionSpeed [NETWORK [ROUNDS [TURNS]]]`:
/// `faster_rcnn_resnet50`, 5 and 3 unless told.
///
/// The peer is `bench/peers/pytorch_regions.py`, run by the Python that the environment variable `STRIATE_PYTHON` names (one
/// with PyTorch and torchvision); it knows ResNets.
public final class RegionSpeed {
    private static final Thresholds THRESHOLDS = new Thresholds(0.05, Thresholds.DEFAULT.overlap());
    /// What last layers are multiplied by, so that random weights are sure of something, and not of the same everywhere.
    private static final Map<String, Integer> SURER = Map.of("rpn_cls_score.weight", 300, "rpn_bbox_pred.weight", 50,
            "cls_score.weight", 300, "bbox_pred.weight", 50);
    private static final int WARM_UP = 2;
    /// Pixels and score by which the engines' answers may lie apart.
    private static final double NEAR = 0.5;
    private static final double SAME_SCORE = 0.001;

    private final Path model;
    private final Path pixels;
    private final Picture picture;
    private final int rounds;

    private RegionSpeed(Path folder, String network, int rounds) throws IOException {
        model = folder.resolve("model.safetensors");
        pixels = folder.resolve("picture.pixels");
        this.rounds = rounds;
        var file = model(Zoo.network(network));
        file.write(model);
        var size = file.network().input().size();
        var bytes = new byte[size.area() * 3];
        new Random(1).nextBytes(bytes);
        picture = new Picture(size.width(), size.height(), 3, bytes);
        writePrepared(new Preparation(file.preprocessing()));
    }

    public static void main(String[] args) throws IOException, InterruptedException {
        var network = args.length > 0 ? args[0] : "faster_rcnn_resnet50";
        var turns = args.length > 2 ? Integer.parseInt(args[2]) : 3;
        var speed = new RegionSpeed(Files.createTempDirectory("regions"), network,
                args.length > 1 ? Integer.parseInt(args[1]) : 5);
        System.out.printf("%s, medians of %d turns%n", network, turns);
        speed.compare(turns);
    }

    private void compare(int turns) throws IOException, InterruptedException {
        var ours = new ArrayList<Double>();
        var eager = new ArrayList<Double>();
        var compiled = new ArrayList<Double>();
        List<Detection> found = List.of();
        List<String> peers = List.of();
        for (var turn = 0; turn < turns; turn++) {
            try (var detector = Detector.open(model, new Running(Device.CPU, Inference.Engine.PLAN))) {
                ours.add(picturesPerSecond(detector));
                found = detector.detect(picture, THRESHOLDS);
            }
            var said = peer("eager");
            if (said.isEmpty()) break;
            eager.add(Double.parseDouble(said.getFirst().split(" ")[0]));
            peers = said.subList(1, said.size());
            var saidCompiled = peer("compile");
            if (!saidCompiled.isEmpty()) compiled.add(Double.parseDouble(saidCompiled.getFirst().split(" ")[0]));
        }
        System.out.printf("striate          %8.3f pictures/s  %s%n", SideBySide.median(ours), ours);
        if (eager.isEmpty()) {
            System.out.println("PyTorch and torchvision are not installed where STRIATE_PYTHON points: no comparison.");
            return;
        }
        print("PyTorch eager   ", ours, eager);
        print("PyTorch compiled", ours, compiled);
        var same = same(found, peers.stream().map(RegionSpeed::read).toList());
        System.out.printf("of %d objects here and %d there %d are the same%n", found.size(), peers.size(), same);
    }

    private static void print(String name, List<Double> ours, List<Double> peers) {
        System.out.printf("%s %8.3f pictures/s  %s, ratio %.2f%n", name, SideBySide.median(peers), peers,
                SideBySide.median(ours) / SideBySide.median(peers));
    }

    private double picturesPerSecond(Detector detector) {
        var nanos = new long[rounds];
        for (var i = -WARM_UP; i < rounds; i++) {
            var start = System.nanoTime();
            detector.detect(picture, THRESHOLDS);
            if (i >= 0) nanos[i] = System.nanoTime() - start;
        }
        Arrays.sort(nanos);
        return 1e9 / nanos[rounds / 2];
    }

    /// What the peer prints, line by line; nothing where it does not run.
    private List<String> peer(String mode) throws IOException, InterruptedException {
        return SideBySide.output(Stream.of(SideBySide.python(), "bench/peers/pytorch_regions.py", model.toString(),
                pixels.toString(), Integer.toString(rounds), Double.toString(THRESHOLDS.score()), mode).toList());
    }

    private static Detection read(String line) {
        var parts = line.split(" ");
        var numbers = Stream.of(parts).skip(1).mapToDouble(Double::parseDouble).toArray();
        return new Detection(new Box(numbers[1], numbers[2], numbers[3], numbers[4]), Integer.parseInt(parts[0]),
                numbers[0]);
    }

    private static long same(List<Detection> found, List<Detection> peers) {
        return found.stream().filter(one -> peers.stream().anyMatch(other -> isSame(one, other))).count();
    }

    private static boolean isSame(Detection one, Detection other) {
        return one.label() == other.label() && Math.abs(one.score() - other.score()) < SAME_SCORE
                && Math.abs(one.box().left() - other.box().left()) < NEAR
                && Math.abs(one.box().top() - other.box().top()) < NEAR
                && Math.abs(one.box().right() - other.box().right()) < NEAR
                && Math.abs(one.box().bottom() - other.box().bottom()) < NEAR;
    }

    private static ModelFile model(Network network) {
        var tensors = NetworkTensors.fresh(network, Start.of(new Initialisation.TorchUniform()));
        SURER.forEach((name, factor) -> tensors.computeIfPresent(name, (_, tensor) -> times(tensor, factor)));
        var labels = Stream.iterate(0, i -> i + 1).limit(RegionDetector.of(network).classes()).map(i -> "class " + i);
        return new ModelFile(network, Preprocessing.plain(network.input(), new Preprocessing.Stretch()),
                new Task.Detection(labels.toList()), Optional.empty(), tensors);
    }

    private static TensorData times(TensorData tensor, int factor) {
        var values = tensor.floats().clone();
        for (var i = 0; i < values.length; i++) values[i] *= factor;
        return TensorData.of(tensor.shape(), values);
    }

    private void writePrepared(Preparation preparation) throws IOException {
        try (var arena = Arena.ofConfined()) {
            var prepared = preparation.prepared(picture, arena);
            Files.write(pixels, prepared.toArray(ValueLayout.JAVA_BYTE));
        }
    }
}
