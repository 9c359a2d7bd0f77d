package dev.striate.vision;

import dev.striate.graph.Network;
import dev.striate.graph.Outputs;
import dev.striate.plan.Numbers;
import dev.striate.recipe.Precision;
import dev.striate.torch.Device;
import dev.striate.torch.Model;
import dev.striate.weights.TensorData;
import java.lang.foreign.MemorySegment;
import java.util.Map;

/// A network with its weights, opened for inference by whichever engine runs it.
public interface Inference extends AutoCloseable {
    /// All outputs but the auxiliary ones for `n` pictures.
    ///
    /// @param pixels N×H×W×C float32 in native memory, preprocessed
    Outputs run(MemorySegment pixels, int n);

    /// A part of the network with the same weights, by the same engine; closing this closes it as well.
    ///
    /// @param batch how many inputs come at once, as a rule
    Inference part(Network part, int batch);

    @Override
    void close();

    /// What runs a network: a plan compiled for the CPU, or libtorch, which also drives a GPU.
    enum Engine {
        PLAN, TORCH
    }

    /// Runs on the CPU as a compiled plan.
    static Inference onPlan(Network network, Map<String, TensorData> tensors) {
        return onPlan(network, tensors, Numbers.Real.FLOAT32);
    }

    /// The same in other numbers than float32.
    static Inference onPlan(Network network, Map<String, TensorData> tensors, Numbers numbers) {
        return new PlanInference(network, tensors, numbers);
    }

    /// Runs on libtorch.
    static Inference onTorch(Network network, Map<String, TensorData> tensors, Device device) {
        var model = Model.of(network.atInference(), tensors, device, Precision.FLOAT32);
        return of(model, model::close);
    }

    /// Looks at a model that is being trained; closing leaves that open.
    static Inference of(Model model) {
        return of(model, () -> {});
    }

    private static Inference of(Model model, Runnable close) {
        return new Inference() {
            @Override
            public Outputs run(MemorySegment pixels, int n) {
                return model.predict(pixels, n);
            }

            @Override
            public Inference part(Network part, int batch) {
                return ModelPart.of(model, part);
            }

            @Override
            public void close() {
                close.run();
            }
        };
    }
}
