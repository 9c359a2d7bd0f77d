package dev.striate.plan;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static org.bytedeco.dnnl.global.dnnl.*;

import dev.striate.onednn.Address;
import dev.striate.onednn.Cpu;
import dev.striate.onednn.NativeObjects;
import dev.striate.onednn.Operation;
import dev.striate.onednn.winograd.TileRow;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import org.bytedeco.dnnl.dnnl_exec_arg_t;
import org.bytedeco.dnnl.dnnl_memory;
import org.bytedeco.dnnl.dnnl_stream;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.stream;
import org.bytedeco.javacpp.PointerScope;

/// What one thread at a time runs a stage of a plan with: every call's arguments, prepared for one piece of memory.
final class ExecutionContext implements AutoCloseable {
    private final NativeObjects natives = new NativeObjects();
    private final MemorySegment values;
    private final Action[] actions;
    private final List<Entry> entries = new ArrayList<>();
    private final Address address = new Address(0);
    private final dnnl_stream stream;
    private final Executable compiled;
    private final long[] starts;
    private final int[] sizes;
    private final List<TileRow> rows = new ArrayList<>();
    private final List<NormalisedRows.Room> rooms = new ArrayList<>();
    private final List<Team> teams = new ArrayList<>();

    /// Where a primitive reads the stage's input, or writes what it leaves, from a byte on.
    private record Entry(dnnl_memory memory, boolean reads, long offset) {}

    @FunctionalInterface
    private interface Action {
        void run();
    }

    /// @param values at least as many bytes as the stage needs
    ExecutionContext(Executable compiled, MemorySegment values) {
        this.compiled = compiled;
        this.values = values;
        try (var _ = new PointerScope()) {
            stream = natives.keep(natives.keep(new stream(Cpu.ENGINE)).get());
            actions = compiled.calls().stream().map(this::prepare).toArray(Action[]::new);
        }
        starts = compiled.outputs().stream().mapToLong(view -> view.region().offset() + view.offset()).toArray();
        sizes = compiled.outputs().stream().mapToInt(view -> Math.toIntExact(view.shape().elements())).toArray();
    }

    private Action prepare(PreparedCall call) {
        return switch (call) {
            case PreparedCall.Execute execute -> execute(execute);
            case PreparedCall.Iterate(JavaLoop loop, TensorView from, TensorView to) -> iterate(loop, from, to);
            case PreparedCall.Tile tile -> tile(tile);
            case PreparedCall.Normalise normalise -> normalise(normalise);
            case PreparedCall.Fill(TensorView view, float value) -> fill(view, value);
        };
    }

    private Action execute(PreparedCall.Execute call) {
        var count = call.arguments().size();
        var arguments = natives.keep(new dnnl_exec_arg_t(count));
        for (var i = 0; i < count; i++) {
            var argument = call.arguments().get(i);
            arguments.position(i).arg(argument.number()).memory(memory(argument).get());
        }
        arguments.position(0);
        var primitive = natives.keep(call.primitive().get());
        return () -> Operation.execute(primitive, stream, count, arguments);
    }

    private memory memory(PreparedCall.Argument argument) {
        return switch (argument) {
            case PreparedCall.Constant constant -> constant.memory();
            case PreparedCall.Variable(int _, memory.desc desc, Lifetime region, long offset) -> {
                var external = region.external();
                var place = external ? 0 : values.address() + region.offset() + offset;
                var memory = natives.keep(new memory(desc, Cpu.ENGINE, new Address(place)));
                if (external) {
                    entries.add(new Entry(natives.keep(memory.get()), region == compiled.input().region(), offset));
                }
                yield memory;
            }
        };
    }

    private Action iterate(JavaLoop loop, TensorView from, TensorView to) {
        var start = from.region().offset() + from.offset();
        var end = to.region().offset() + to.offset();
        return () -> {
            for (var i = 0; i < compiled.stage().pictures(); i++) {
                loop.run(values, start + i * from.shape().elements() * Float.BYTES,
                        end + i * to.shape().elements() * Float.BYTES);
            }
        };
    }

    private Action tile(PreparedCall.Tile call) {
        while (rows.size() < call.threads()) rows.add(new TileRow());
        for (var row : rows) row.grow(call.layer().tiling());
        var run = new TileRun(call, values, rows, natives);
        var team = team(call.threads(), run::takeChunks);
        return () -> {
            run.restart();
            team.run();
        };
    }

    private Action normalise(PreparedCall.Normalise call) {
        while (rooms.size() < call.threads()) rooms.add(new NormalisedRows.Room());
        for (var room : rooms) room.grow(call.rows());
        var from = call.from().region().offset() + call.from().offset();
        var to = call.to().region().offset() + call.to().offset();
        return team(call.threads(),
                part -> call.rows().normalise(part, call.threads(), values, from, to, rooms.get(part)))::run;
    }

    private Team team(int threads, IntConsumer part) {
        var team = new Team(threads, part);
        teams.add(team);
        return team;
    }

    private Action fill(TensorView view, float value) {
        var segment = values.asSlice(view.region().offset() + view.offset(), view.desc().get_size());
        if (value == 0) return () -> segment.fill((byte) 0);
        return () -> {
            for (var i = 0L; i < segment.byteSize(); i += Float.BYTES) segment.set(JAVA_FLOAT, i, value);
        };
    }

    /// Runs the stage on a piece of the batch whose input lies at one native address, and leaves what it leaves at another.
    void run(long from, long to) {
        for (var i = 0; i < entries.size(); i++) {
            var entry = entries.get(i);
            address.move((entry.reads() ? from : to) + entry.offset());
            dnnl_memory_set_data_handle(entry.memory(), address);
        }
        for (var action : actions) action.run();
        dnnl_stream_wait(stream);
    }

    /// Copies the main output, and as many of the further ones as there are arrays, behind the values of the pictures before.
    void copy(float[] main, float[][] further, int before) {
        if (compiled.outputs().isEmpty()) return;
        copy(0, main, before);
        for (var i = 0; i < further.length; i++) copy(i + 1, further[i], before);
    }

    private void copy(int output, float[] target, int before) {
        var size = sizes[output];
        MemorySegment.copy(values, JAVA_FLOAT, starts[output], target, before * size,
                compiled.stage().pictures() * size);
    }

    @Override
    public void close() {
        teams.forEach(Team::close);
        natives.close();
    }
}
