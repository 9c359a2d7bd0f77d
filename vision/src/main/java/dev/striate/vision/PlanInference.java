package dev.striate.vision;

import dev.striate.graph.Network;
import dev.striate.graph.Outputs;
import dev.striate.plan.Plan;
import dev.striate.plan.Quantisation;
import dev.striate.plan.PlanOptions;
import dev.striate.weights.TensorData;
import java.lang.foreign.MemorySegment;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A plan for single pictures, and one for batches once they come.
final class PlanInference implements Inference {
    private static final int BATCH = 8;

    private final Network network;
    private final Map<String, TensorData> tensors;
    private final PlanOptions settings;
    private final Plan single;
    private @Nullable Plan batched;

    PlanInference(Network network, Map<String, TensorData> tensors, Quantisation quantisation) {
        this.network = network;
        this.tensors = tensors;
        settings = quantisation.layers().isEmpty() ? PlanOptions.DEFAULT
                : PlanOptions.DEFAULT.withQuantisation(quantisation);
        single = Plan.compile(network, tensors, 1, settings);
    }

    @Override
    public Outputs run(MemorySegment pixels, int n) {
        return (n == 1 ? single : batched()).run(pixels, n);
    }

    private synchronized Plan batched() {
        if (batched == null) batched = Plan.compile(network, tensors, BATCH, settings);
        return batched;
    }

    @Override
    public synchronized void close() {
        single.close();
        if (batched != null) batched.close();
    }
}
