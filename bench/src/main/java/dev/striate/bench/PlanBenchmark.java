package dev.striate.bench;

import dev.striate.plan.Plan;
import dev.striate.plan.PlanOptions;
import dev.striate.recipe.Initialisation;
import dev.striate.recipe.Start;
import dev.striate.weights.NetworkTensors;
import dev.striate.zoo.Zoo;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/// A run of a plan, for JMH's profilers: `-prof gc` shows whether anything is allocated on the heap.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 2, time = 2)
@Measurement(iterations = 3, time = 3)
@Fork(value = 1, jvmArgsAppend = "--enable-native-access=ALL-UNNAMED")
public class PlanBenchmark {
    @Param({ "resnet20", "resnet50" })
    private String network = "";

    @Param({ "1", "8" })
    private int batch;

    private final Arena arena = Arena.ofShared();
    private Plan plan;
    private MemorySegment pixels;
    private float[] outputs;

    @Setup(Level.Trial)
    public void compile() {
        var value = Zoo.network(network).atInference();
        plan = Plan.compile(value, NetworkTensors.fresh(value, Start.of(new Initialisation.HeFanIn())), batch,
                PlanOptions.DEFAULT);
        pixels = arena.allocate(batch * value.input().elements() * Float.BYTES, 64);
        outputs = new float[Math.toIntExact(batch * plan.outputs().firstEntry().getValue().elements())];
    }

    /// Into an array of the caller's.
    @Benchmark
    public float[] run() {
        plan.run(pixels, batch, outputs);
        return outputs;
    }

    @TearDown(Level.Trial)
    public void close() {
        plan.close();
        arena.close();
    }
}
