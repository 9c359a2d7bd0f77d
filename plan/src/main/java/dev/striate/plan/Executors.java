package dev.striate.plan;

import dev.striate.onednn.WorkerThreads;
import java.util.concurrent.atomic.AtomicInteger;

/// The memory in which one caller at a time runs a compiled plan: on OpenMP's threads, or in equal parts of a batch that
/// the threads of the [WorkerThreads] take as they come, each on its own.
final class Executors extends WorkerThreads.Work implements AutoCloseable {
    private final ExecutionContext[] parts;
    private final boolean alone;
    private final int pictures;
    private final long pictureBytes;
    private final AtomicInteger next = new AtomicInteger();
    private long pixels;
    private float[] main = new float[0];
    private float[][] further = new float[0][];
    private int before;

    Executors(Executable compiled, int parts, long pictureBytes) {
        this.parts = new ExecutionContext[parts];
        for (var i = 0; i < parts; i++) this.parts[i] = new ExecutionContext(compiled);
        alone = compiled.alone();
        pictures = compiled.batch();
        this.pictureBytes = pictureBytes;
    }

    /// Runs the plan on a full batch at a native address and copies the main output, and as many of the further ones as
    /// there are arrays, behind the values of the pictures before.
    void run(long pixels, float[] main, float[][] further, int before) {
        if (!alone) {
            parts[0].run(pixels, main, further, before);
            return;
        }
        this.pixels = pixels;
        this.main = main;
        this.further = further;
        this.before = before;
        next.set(0);
        if (parts.length == 1) WorkerThreads.runAlone(this);
        else WorkerThreads.run(this);
    }

    @Override
    protected void takeTurns() {
        for (var i = next.getAndIncrement(); i < parts.length; i = next.getAndIncrement()) {
            parts[i].run(pixels + i * pictures * pictureBytes, main, further, before + i * pictures);
        }
    }

    @Override
    public void close() {
        for (var part : parts) part.close();
    }
}
