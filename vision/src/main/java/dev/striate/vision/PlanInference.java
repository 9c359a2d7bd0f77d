package dev.striate.vision;

import dev.striate.embedding.Towers;
import dev.striate.graph.Network;
import dev.striate.graph.Outputs;
import dev.striate.plan.Numbers;
import dev.striate.plan.Plan;
import dev.striate.plan.PlanOptions;
import dev.striate.region.RegionDetector;
import dev.striate.weights.TensorData;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A plan for single pictures, and one for batches, each compiled once it is needed.
final class PlanInference implements Inference {
    private static final int BATCH = 8;

    private final Network network;
    private final Map<String, TensorData> tensors;
    private final PlanOptions settings;
    private final int batch;
    private final List<Inference> parts = new ArrayList<>();
    private @Nullable Plan single;
    private @Nullable Plan batched;

    PlanInference(Network network, Map<String, TensorData> tensors, Numbers numbers) {
        this(network, tensors, PlanOptions.DEFAULT.with(numbers), BATCH);
        if (isOnePiece(network)) single = compiled(1);
    }

    private PlanInference(Network network, Map<String, TensorData> tensors, PlanOptions settings, int batch) {
        this.network = network;
        this.tensors = tensors;
        this.settings = settings;
        this.batch = batch;
    }

    /// Whether one pass runs the network, rather than its parts by themselves.
    private static boolean isOnePiece(Network network) {
        return !RegionDetector.isIn(network) && !Towers.comparePairs(network);
    }

    @Override
    public Outputs run(MemorySegment pixels, int n) {
        return plan(n).run(pixels, n);
    }

    private synchronized Plan plan(int n) {
        if (n == 1) {
            if (single == null) single = compiled(1);
            return single;
        }
        if (batched == null) batched = compiled(batch);
        return batched;
    }

    private Plan compiled(int batch) {
        return Plan.compile(network, tensors, batch, settings);
    }

    @Override
    public synchronized Inference part(Network part, int batch) {
        var inference = new PlanInference(part, tensors, settings, batch);
        parts.add(inference);
        return inference;
    }

    @Override
    public synchronized void close() {
        parts.forEach(Inference::close);
        if (single != null) single.close();
        if (batched != null) batched.close();
    }
}
