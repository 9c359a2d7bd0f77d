package dev.striate.bench.table;

import dev.striate.weights.ModelFile;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_dnn;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_dnn.Net;

/// OpenCV's module for networks, on its own CPU backend.
final class OpenCvRunner implements Runner {
    private final Net net;
    private final Mat pixels;

    OpenCvRunner(WorkItem task) {
        var shape = ModelFile.read(task.model()).network().input();
        opencv_core.setNumThreads(task.threads());
        net = opencv_dnn.readNetFromONNX(Prepared.onnx(task.model()).toString());
        pixels = new Mat(4, new int[] { task.batch(), shape.channels(), shape.height(), shape.width() },
                opencv_core.CV_32F,
                new FloatPointer(Pixels.channelsFirst(Pixels.read(task.pixels()), shape, task.batch())));
    }

    @Override
    public float[] run() {
        net.setInput(pixels);
        try (var result = net.forward()) {
            var outputs = new float[Math.toIntExact(result.total())];
            new FloatPointer(result.data()).get(outputs);
            return outputs;
        }
    }

    @Override
    public String version() {
        return opencv_core.getVersionString().getString().trim();
    }

    @Override
    public void close() {
        net.close();
        pixels.close();
    }
}
