package dev.striate.bench.table;

import dev.striate.cli.Contender;
import dev.striate.plan.Plan;
import dev.striate.plan.PlanOptions;
import dev.striate.weights.ModelFile;
import java.lang.foreign.MemorySegment;
import java.util.List;

/// Ours, compiled for the CPU, in float32 or int8.
final class PlanRunner implements Runner {
    private final Plan plan;
    private final MemorySegment pixels;
    private final int batch;
    private final List<float[]> outputs;
    private final float[][] further;

    PlanRunner(WorkItem task) {
        var model = ModelFile.read(task.model());
        var settings = task.contender() == Contender.INT8
                ? PlanOptions.DEFAULT.withQuantisation(Prepared.quantisation(task.model()))
                : PlanOptions.DEFAULT;
        batch = task.batch();
        plan = Plan.compile(model.network(), model.tensors(), batch, settings);
        pixels = Pixels.read(task.pixels());
        outputs = plan.outputs().values().stream()
                .map(shape -> new float[Math.toIntExact(batch * shape.elements())]).toList();
        further = outputs.stream().skip(1).toArray(float[][]::new);
    }

    @Override
    public List<float[]> run() {
        plan.run(pixels, batch, outputs.getFirst(), further);
        return outputs;
    }

    @Override
    public String version() {
        return "oneDNN " + MatrixProduct.version();
    }

    @Override
    public void close() {
        plan.close();
    }
}
