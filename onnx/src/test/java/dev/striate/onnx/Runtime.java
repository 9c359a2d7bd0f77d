package dev.striate.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import ai.onnxruntime.OrtSession.SessionOptions.OptLevel;
import dev.striate.graph.Shape;
import java.nio.FloatBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;

/// A model opened in ONNX Runtime.
final class Runtime implements AutoCloseable {
    private static final OrtEnvironment ENVIRONMENT = OrtEnvironment.getEnvironment();

    final OrtSession session;

    Runtime(byte[] model, OptLevel optimisation) throws OrtException {
        try (var options = new SessionOptions()) {
            options.setOptimizationLevel(optimisation);
            options.setIntraOpNumThreads(1);
            session = ENVIRONMENT.createSession(model, options);
        }
    }

    /// All outputs for N×C×H×W pictures, by name.
    SequencedMap<String, float[]> run(Shape shape, FloatBuffer pictures) throws OrtException {
        var n = pictures.capacity() / shape.elements();
        var sides = new long[] { n, shape.channels(), shape.height(), shape.width() };
        var name = session.getInputNames().iterator().next();
        try (var input = OnnxTensor.createTensor(ENVIRONMENT, pictures, sides);
                var outputs = session.run(Map.of(name, input))) {
            var values = new LinkedHashMap<String, float[]>();
            for (var output : outputs) values.put(output.getKey(), floats((OnnxTensor) output.getValue()));
            return values;
        }
    }

    private static float[] floats(OnnxTensor tensor) {
        var values = tensor.getFloatBuffer();
        var copy = new float[values.remaining()];
        values.get(copy);
        return copy;
    }

    @Override
    public void close() throws OrtException {
        session.close();
    }
}
