package dev.striate.bench.table;

import dev.striate.graph.Shapes;
import dev.striate.weights.ModelFile;
import java.util.List;
import java.util.stream.LongStream;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_dnn;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.MatVector;
import org.bytedeco.opencv.opencv_core.StringVector;
import org.bytedeco.opencv.opencv_dnn.Net;

/// OpenCV's module for networks, on its own CPU backend.
final class OpenCvRunner implements Runner {
    private final Net net;
    private final Mat pixels;
    private final StringVector names;
    private final List<Long> sizes;

    OpenCvRunner(WorkItem task) {
        var network = ModelFile.read(task.model()).network().atInference();
        var shape = network.input();
        var shapes = Shapes.of(network);
        sizes = network.outputs().values().stream().map(output -> task.batch() * shapes.get(output).elements())
                .toList();
        opencv_core.setNumThreads(task.threads());
        net = opencv_dnn.readNetFromONNX(Prepared.onnx(task.model()).toString());
        names = net.getUnconnectedOutLayersNames();
        pixels = new Mat(4, new int[] { task.batch(), shape.channels(), shape.height(), shape.width() },
                opencv_core.CV_32F,
                new FloatPointer(Pixels.channelsFirst(Pixels.read(task.pixels()), shape, task.batch())));
    }

    @Override
    public List<float[]> run() {
        net.setInput(pixels);
        try (var results = new MatVector()) {
            net.forward(results, names);
            return sizes.stream().map(size -> values(results, size)).toList();
        }
    }

    /// The output of this size: OpenCV has names and an order of its own, and a detector's maps differ in size.
    private static float[] values(MatVector results, long size) {
        var mat = LongStream.range(0, results.size()).mapToObj(results::get).filter(each -> each.total() == size)
                .findFirst().orElseThrow(() -> new IllegalStateException("No output has " + size + " values."));
        var values = new float[Math.toIntExact(size)];
        new FloatPointer(mat.data()).get(values);
        return values;
    }

    @Override
    public String version() {
        return opencv_core.getVersionString().getString().trim();
    }

    @Override
    public void close() {
        net.close();
        names.close();
        pixels.close();
    }
}
