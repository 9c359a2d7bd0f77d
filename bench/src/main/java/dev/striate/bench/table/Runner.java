package dev.striate.bench.table;

import dev.striate.recipe.Precision;
import dev.striate.weights.ModelFile;
import dev.striate.yolo.YoloHeads;
import java.util.List;

/// A network, opened by one contender for batches of one size.
interface Runner extends AutoCloseable {
    /// Runs the same batch once more: the outputs of inference, the main one first, each row-major; nothing of a training
    /// step.
    List<float[]> run();

    /// The version of what runs the network.
    String version();

    @Override
    void close();

    /// Opens what a task asks for, a detector together with the finding of its boxes; of the native libraries only that
    /// contender's is loaded.
    static Runner open(WorkItem task) {
        var network = ModelFile.read(task.model()).network();
        return task.training() || !YoloHeads.areIn(network) ? ofNetwork(task)
                : new DetectorRunner(ofNetwork(task), YoloHeads.of(network), task.batch());
    }

    private static Runner ofNetwork(WorkItem task) {
        return switch (task.contender()) {
            case PLAN, BF16, INT8 -> new PlanRunner(task);
            case TORCH_BF16 -> new TorchStep(task, Precision.BF16_MIXED);
            case TORCH -> task.training() ? new TorchStep(task, Precision.FLOAT32) : new TorchRunner(task);
            case ONNX_RUNTIME, ONNX_RUNTIME_INT8 -> new OnnxRuntimeRunner(task);
            case OPENCV -> new OpenCvRunner(task);
            case DJL -> task.training() ? new DjlStep(task) : new DjlRunner(task);
            case PYTORCH, PYTORCH_COMPILED, PYTORCH_BF16, PYTORCH_COMPILED_BF16 ->
                throw new IllegalArgumentException(task.contender().label() + " does not run on the JVM.");
        };
    }
}
