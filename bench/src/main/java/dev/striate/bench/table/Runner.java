package dev.striate.bench.table;

import dev.striate.cli.Contender;

/// A network, opened by one contender for batches of one size.
interface Runner extends AutoCloseable {
    /// Runs the same batch once more: the outputs of inference, row-major; nothing of a training step.
    float[] run();

    /// The version of what runs the network.
    String version();

    @Override
    void close();

    /// Opens what a task asks for; of the native libraries only that contender's is loaded.
    static Runner open(WorkItem task) {
        return switch (task.contender()) {
            case PLAN -> new PlanRunner(task);
            case INT8 -> new PlanRunner(task);
            case TORCH -> task.training() ? new TorchStep(task) : new TorchRunner(task);
            case ONNX_RUNTIME -> new OnnxRuntimeRunner(task);
            case OPENCV -> new OpenCvRunner(task);
            case DJL -> task.training() ? new DjlStep(task) : new DjlRunner(task);
            case PYTORCH -> throw notOnTheJvm(task.contender());
            case PYTORCH_COMPILED -> throw notOnTheJvm(task.contender());
        };
    }

    private static IllegalArgumentException notOnTheJvm(Contender contender) {
        return new IllegalArgumentException(contender.label() + " does not run on the JVM.");
    }
}
