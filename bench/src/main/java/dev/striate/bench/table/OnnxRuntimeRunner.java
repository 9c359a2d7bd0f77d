package dev.striate.bench.table;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.striate.weights.ModelFile;
import java.util.Map;

/// Microsoft's ONNX Runtime with its own settings, all optimisations on.
final class OnnxRuntimeRunner implements Runner {
    private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
    private final OrtSession session;
    private final OnnxTensor pixels;
    private final Map<String, OnnxTensor> inputs;

    OnnxRuntimeRunner(WorkItem task) {
        var shape = ModelFile.read(task.model()).network().input();
        try {
            var options = new OrtSession.SessionOptions();
            options.setIntraOpNumThreads(task.threads());
            session = environment.createSession(Prepared.onnx(task.model()).toString(), options);
            pixels = OnnxTensor.createTensor(environment,
                    Pixels.channelsFirst(Pixels.read(task.pixels()), shape, task.batch()),
                    new long[] { task.batch(), shape.channels(), shape.height(), shape.width() });
            inputs = Map.of(session.getInputNames().iterator().next(), pixels);
        } catch (OrtException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public float[] run() {
        try (var result = session.run(inputs)) {
            var values = ((OnnxTensor) result.get(0)).getFloatBuffer();
            var outputs = new float[values.remaining()];
            values.get(outputs);
            return outputs;
        } catch (OrtException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public String version() {
        return environment.getVersion();
    }

    @Override
    public void close() {
        pixels.close();
        try {
            session.close();
        } catch (OrtException e) {
            throw new IllegalStateException(e);
        }
    }
}
