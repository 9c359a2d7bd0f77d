package dev.striate.plan;

import dev.striate.onednn.HugePages;
import dev.striate.onednn.WorkerThreads;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/// The memory in which one caller at a time runs a compiled plan, stage after stage: on OpenMP's threads, or in equal pieces
/// of a batch that the threads of the [WorkerThreads] take as they come, each on its own.
final class Executors extends WorkerThreads.Work implements AutoCloseable {
    private final Arena arena = Arena.ofShared();
    private final List<Executable> stages;
    private final int batch;
    /// For each stage what each thread runs it with; a thread's are in the same memory.
    private final ExecutionContext[][] contexts;
    /// What each stage leaves to the next one.
    private final MemorySegment[] left;
    private final AtomicInteger nextPiece = new AtomicInteger();
    private final AtomicInteger nextMember = new AtomicInteger();
    private int current;
    private long pixels;
    private float[] main = new float[0];
    private float[][] further = new float[0][];
    private int before;

    Executors(List<Executable> stages, int batch) {
        this.stages = stages;
        this.batch = batch;
        var memory = new MemorySegment[members(stages, batch)];
        for (var i = 0; i < memory.length; i++) memory[i] = HugePages.allocate(Math.max(largest(stages), 64), arena);
        contexts = new ExecutionContext[stages.size()][];
        left = new MemorySegment[stages.size()];
        for (var i = 0; i < contexts.length; i++) {
            var stage = stages.get(i);
            contexts[i] = new ExecutionContext[members(stage, batch)];
            for (var j = 0; j < contexts[i].length; j++) contexts[i][j] = new ExecutionContext(stage, memory[j]);
            left[i] = HugePages.allocate(Math.max(stage.leftBytes() * batch, 64), arena);
        }
    }

    /// What the stages need beside weights, in bytes.
    static long bytes(List<Executable> stages, int batch) {
        return largest(stages) * members(stages, batch)
                + stages.stream().mapToLong(stage -> stage.leftBytes() * batch).sum();
    }

    private static long largest(List<Executable> stages) {
        return stages.stream().mapToLong(Executable::arenaBytes).max().orElseThrow();
    }

    private static int members(List<Executable> stages, int batch) {
        return stages.stream().mapToInt(stage -> members(stage, batch)).max().orElseThrow();
    }

    /// How many threads may run a stage at once.
    private static int members(Executable compiled, int batch) {
        return Math.min(batch / compiled.stage().pictures(), WorkerThreads.size());
    }

    /// Runs the plan on a full batch at a native address and copies the main output, and as many of the further ones as
    /// there are arrays, behind the values of the pictures before.
    void run(long pixels, float[] main, float[][] further, int before) {
        this.pixels = pixels;
        this.main = main;
        this.further = further;
        this.before = before;
        for (current = 0; current < contexts.length; current++) {
            nextPiece.set(0);
            nextMember.set(0);
            if (!stages.get(current).stage().alone()) takeTurns();
            else if (contexts[current].length == 1) WorkerThreads.runAlone(this);
            else WorkerThreads.run(this);
        }
    }

    @Override
    protected void takeTurns() {
        var compiled = stages.get(current);
        var pictures = compiled.stage().pictures();
        var from = current == 0 ? pixels : left[current - 1].address();
        var to = left[current].address();
        var member = -1;
        for (var i = nextPiece.getAndIncrement(); i * pictures < batch; i = nextPiece.getAndIncrement()) {
            if (member < 0) member = nextMember.getAndIncrement();
            var context = contexts[current][member];
            context.run(from + i * pictures * compiled.inputBytes(), to + i * pictures * compiled.leftBytes());
            context.copy(main, further, before + i * pictures);
        }
    }

    @Override
    public void close() {
        for (var stage : contexts) for (var context : stage) context.close();
        arena.close();
    }
}
