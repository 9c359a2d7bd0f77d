package dev.striate.plan;

import dev.striate.StriateException;
import dev.striate.graph.Network;
import dev.striate.graph.Outputs;
import dev.striate.graph.Shape;
import dev.striate.onednn.NativeObjects;
import dev.striate.weights.TensorData;
import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.IntStream;

/// A network and its weights compiled for inference on the CPU; safe for any number of threads.
///
/// Each caller runs in memory of its own, which is kept for the next run; a batch that divides among the processor's
/// threads is cut into a part for each, or into single pictures where maps are large. Smaller batches share the packed
/// weights. Everything is known before the first run: the primitives, the packed weights, and how many bytes a run needs.
public final class Plan implements AutoCloseable {
    private static final float[][] NONE = {};

    private final LoweredNetwork lowered;
    private final List<String> names;
    private final int[] sizes;
    private final int batch;
    private final boolean blocked;
    private final PlanOptions options;
    private final NativeObjects natives = new NativeObjects();
    private final Constants constants;
    private final boolean lent;
    private final Map<Integer, List<Executable>> compiled = new HashMap<>();
    private final Map<Integer, ArrayDeque<Executors>> idle = new HashMap<>();
    private int running;
    private boolean closed;

    private Plan(LoweredNetwork lowered, int batch, PlanOptions options, Constants constants, boolean lent) {
        this.lowered = lowered;
        names = List.copyOf(lowered.network().outputs().keySet());
        sizes = lowered.outputs().stream().mapToInt(value -> Math.toIntExact(lowered.shape(value).elements()))
                .toArray();
        this.batch = batch;
        this.options = options.here();
        blocked = BlockedLayout.blocked(lowered, this.options, batch);
        this.constants = constants;
        this.lent = lent;
    }

    /// Compiles a network without its auxiliary outputs, for batches of up to `batch` pictures.
    ///
    /// @param tensors every parameter of the network by its name and shape, as `Parameters` lists them
    public static Plan compile(Network network, Map<String, TensorData> tensors, int batch, PlanOptions settings) {
        if (batch < 1) throw new StriateException("A plan expects a batch of at least 1; received " + batch + ".");
        var lowered = Lowering.of(network.atInference(), tensors);
        return new Plan(lowered, batch, settings, new Constants(), false).compiled();
    }

    /// The same with packed weights that several plans of a lowered network share and leave open.
    static Plan compile(LoweredNetwork lowered, int batch, PlanOptions settings, Constants shared) {
        return new Plan(lowered, batch, settings, shared, true).compiled();
    }

    private Plan compiled() {
        try {
            compiled(batch);
            return this;
        } catch (RuntimeException failure) {
            close();
            throw failure;
        }
    }

    /// How many pictures run at once; larger numbers are split.
    public int batch() {
        return batch;
    }

    /// The numbers that it computes with: those asked for, or float32 where this processor has none such.
    public Numbers numbers() {
        return options.numbers();
    }

    /// What one picture gives: the shape of each output by name, the main one first.
    public SequencedMap<String, Shape> outputs() {
        var shapes = new LinkedHashMap<String, Shape>();
        var values = lowered.outputs();
        for (var i = 0; i < values.size(); i++) shapes.put(names.get(i), lowered.shape(values.get(i)));
        return shapes;
    }

    /// The native memory of the packed weights, in bytes.
    public synchronized long weightBytes() {
        return constants.bytes();
    }

    /// The native memory that each thread's runs of full batches need beside the weights, in bytes.
    public synchronized long bytes() {
        return Executors.bytes(compiled(batch), batch);
    }

    /// All outputs for `n` pictures.
    ///
    /// @param pixels N×H×W×C float32 in native memory, preprocessed
    public Outputs run(MemorySegment pixels, int n) {
        check(pixels, n);
        var arrays = IntStream.of(sizes).mapToObj(size -> new float[Math.multiplyExact(n, size)])
                .toArray(float[][]::new);
        run(pixels, n, arrays[0], Arrays.copyOfRange(arrays, 1, arrays.length));
        var values = new LinkedHashMap<String, float[]>();
        for (var i = 0; i < arrays.length; i++) values.put(names.get(i), arrays[i]);
        return new Outputs(n, values);
    }

    /// The main output for `n` pictures into an array of the caller's; nothing is allocated on the heap.
    public void run(MemorySegment pixels, int n, float[] main) {
        run(pixels, n, main, NONE);
    }

    /// The same with as many of the further outputs, in their order, as there are arrays.
    public void run(MemorySegment pixels, int n, float[] main, float[][] further) {
        check(pixels, n);
        check(n, main, further);
        var picture = lowered.shape(0).elements() * Float.BYTES;
        for (var first = 0; first < n; first += batch) {
            var count = Math.min(batch, n - first);
            var executors = borrow(count);
            try {
                executors.run(pixels.address() + first * picture, main, further, first);
            } finally {
                giveBack(count, executors);
            }
        }
    }

    private void check(MemorySegment pixels, int n) {
        var name = lowered.network().name();
        var shape = lowered.network().input();
        if (n < 1)
            throw new StriateException("A run of " + name + " expects at least one picture; received " + n + ".");
        if (!pixels.isNative()) {
            throw new StriateException(
                    "A run of " + name + " expects its pictures in native memory; received an array.");
        }
        var expected = n * shape.elements() * Float.BYTES;
        if (pixels.byteSize() < expected) {
            throw new StriateException("A batch of " + n + " pictures of " + shape + " expects " + expected
                    + " bytes; received " + pixels.byteSize() + ".");
        }
    }

    private void check(int n, float[] main, float[][] further) {
        if (further.length > sizes.length - 1) {
            throw new StriateException("A run of " + lowered.network().name() + " gives the outputs " + names
                    + "; received " + (further.length + 1) + " arrays for them.");
        }
        checkRoom(n, 0, main);
        for (var i = 0; i < further.length; i++) checkRoom(n, i + 1, further[i]);
    }

    private void checkRoom(int n, int output, float[] array) {
        if (array.length >= (long) n * sizes[output]) return;
        throw new StriateException("A run of " + lowered.network().name() + " on " + n + " pictures expects room for "
                + (long) n * sizes[output] + " values of '" + names.get(output) + "'; received " + array.length + ".");
    }

    private synchronized Executors borrow(int count) {
        if (closed) throw new StriateException("The plan of " + lowered.network().name() + " has been closed.");
        var free = idle.get(count);
        var executors = free == null || free.isEmpty() ? new Executors(compiled(count), count) : free.pop();
        running++;
        return executors;
    }

    private synchronized void giveBack(int count, Executors executors) {
        idle.computeIfAbsent(count, _ -> new ArrayDeque<>()).push(executors);
        running--;
        if (closed && running == 0) free();
    }

    private synchronized List<Executable> compiled(int count) {
        if (closed) throw new StriateException("The plan of " + lowered.network().name() + " has been closed.");
        return compiled.computeIfAbsent(count, this::assembled);
    }

    private List<Executable> assembled(int count) {
        var types = StepTypes.of(lowered, options.numbers());
        var executables = new ArrayList<Executable>();
        for (var stage : Stages.of(lowered, types, count)) {
            var before = executables.isEmpty() ? null : executables.getLast();
            executables.add(Assembly.of(lowered, stage, before, blocked, types, constants, natives));
        }
        return executables;
    }

    /// Frees all native memory, as soon as no thread is running.
    @Override
    public synchronized void close() {
        if (closed) return;
        closed = true;
        if (running == 0) free();
    }

    private void free() {
        idle.values().forEach(executors -> executors.forEach(Executors::close));
        idle.clear();
        if (!lent) constants.close();
        natives.close();
    }
}
