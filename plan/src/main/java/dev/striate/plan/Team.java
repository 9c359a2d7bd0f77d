package dev.striate.plan;

import dev.striate.onednn.WorkerThreads;
import java.util.concurrent.atomic.AtomicInteger;

/// The memory in which one caller at a time runs a compiled plan: on OpenMP's threads, or in equal parts of a batch that
/// the threads of the [WorkerThreads] take as they come, each on its own.
final class Team extends WorkerThreads.Work implements AutoCloseable {
    private final Context[] parts;
    private final boolean alone;
    private final int pictures;
    private final long pictureBytes;
    private final int outputs;
    private final AtomicInteger next = new AtomicInteger();
    private long pixels;
    private float[] output = new float[0];
    private int from;

    Team(Compiled compiled, int parts, long pictureBytes, int outputs) {
        this.parts = new Context[parts];
        for (var i = 0; i < parts; i++) this.parts[i] = new Context(compiled);
        alone = compiled.alone();
        pictures = compiled.batch();
        this.pictureBytes = pictureBytes;
        this.outputs = outputs;
    }

    /// Runs the plan on a full batch at a native address and copies the result into `output` from an index on.
    void run(long pixels, float[] output, int from) {
        if (!alone) {
            parts[0].run(pixels, output, from);
            return;
        }
        this.pixels = pixels;
        this.output = output;
        this.from = from;
        next.set(0);
        if (parts.length == 1) WorkerThreads.runAlone(this);
        else WorkerThreads.run(this);
    }

    @Override
    protected void takeTurns() {
        for (var i = next.getAndIncrement(); i < parts.length; i = next.getAndIncrement()) {
            parts[i].run(pixels + i * pictures * pictureBytes, output, from + i * pictures * outputs);
        }
    }

    @Override
    public void close() {
        for (var part : parts) part.close();
    }
}
