package dev.striate.bench.table;

import dev.striate.StriateException;
import dev.striate.cli.Contender;
import dev.striate.plan.Numbers;
import dev.striate.plan.Plan;
import dev.striate.plan.PlanOptions;
import dev.striate.weights.ModelFile;
import java.lang.foreign.MemorySegment;
import java.util.List;

/// Ours, compiled for the CPU, in float32, bf16 or int8.
final class PlanRunner implements Runner {
    private final Plan plan;
    private final MemorySegment pixels;
    private final int batch;
    private final List<float[]> outputs;
    private final float[][] further;

    PlanRunner(WorkItem task) {
        var model = ModelFile.read(task.model());
        batch = task.batch();
        plan = Plan.compile(model.network(), model.tensors(), batch, PlanOptions.DEFAULT.with(numbers(task)));
        pixels = Pixels.read(task.pixels());
        outputs = plan.outputs().values().stream()
                .map(shape -> new float[Math.toIntExact(batch * shape.elements())]).toList();
        further = outputs.stream().skip(1).toArray(float[][]::new);
    }

    private static Numbers numbers(WorkItem task) {
        if (task.contender() == Contender.INT8) return Prepared.quantisation(task.model());
        var bf16 = task.contender() == Contender.BF16;
        if (bf16 && Numbers.Real.BF16.here() != Numbers.Real.BF16) {
            throw StriateException.machine("oneDNN has no bf16 for this processor (" + Numbers.instructions() + ").");
        }
        return bf16 ? Numbers.Real.BF16 : Numbers.Real.FLOAT32;
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
