package dev.striate.bench.table;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.striate.cli.Contender;
import dev.striate.weights.ModelFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Microsoft's ONNX Runtime with its own settings, all optimisations on; in int8 where the file says so.
final class OnnxRuntimeRunner implements Runner {
    private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
    private final OrtSession session;
    private final OnnxTensor pixels;
    private final Map<String, OnnxTensor> inputs;
    private final List<String> names;

    OnnxRuntimeRunner(WorkItem task) {
        var network = ModelFile.read(task.model()).network().atInference();
        var shape = network.input();
        names = List.copyOf(network.outputs().keySet());
        try {
            var options = new OrtSession.SessionOptions();
            options.setIntraOpNumThreads(task.threads());
            session = environment.createSession(file(task).toString(), options);
            pixels = OnnxTensor.createTensor(environment,
                    Pixels.channelsFirst(Pixels.read(task.pixels()), shape, task.batch()),
                    new long[] { task.batch(), shape.channels(), shape.height(), shape.width() });
            inputs = Map.of(session.getInputNames().iterator().next(), pixels);
        } catch (OrtException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Path file(WorkItem task) {
        return task.contender() == Contender.ONNX_RUNTIME_INT8 ? Prepared.int8Onnx(task.model())
                : Prepared.onnx(task.model());
    }

    @Override
    public List<float[]> run() {
        try (var results = session.run(inputs)) {
            var outputs = new ArrayList<float[]>();
            for (var name : names) outputs.add(values((OnnxTensor) results.get(name).orElseThrow()));
            return outputs;
        } catch (OrtException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Its own copy where it gives one, so that nothing is copied twice.
    private static float[] values(OnnxTensor tensor) {
        var buffer = tensor.getFloatBuffer();
        if (buffer.hasArray() && buffer.array().length == buffer.remaining()) return buffer.array();
        var values = new float[buffer.remaining()];
        buffer.get(values);
        return values;
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
