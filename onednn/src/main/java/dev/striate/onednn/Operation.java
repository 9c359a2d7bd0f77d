package dev.striate.onednn;

import static org.bytedeco.dnnl.global.dnnl.dnnl_memory_set_data_handle;
import static org.bytedeco.dnnl.global.dnnl.dnnl_primitive_execute;
import static org.bytedeco.dnnl.global.dnnl.dnnl_success;

import dev.striate.StriateException;
import java.util.HashMap;
import java.util.Map;
import org.bytedeco.dnnl.dnnl_exec_arg_t;
import org.bytedeco.dnnl.dnnl_memory;
import org.bytedeco.dnnl.dnnl_primitive;
import org.bytedeco.dnnl.dnnl_stream;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.primitive;
import org.bytedeco.dnnl.stream;
import org.jspecify.annotations.Nullable;

/// A primitive and its arguments, whose memory is lent for each run; for one thread at a time. A run allocates nothing.
public final class Operation {
    private static final @Nullable Address NOWHERE = null;

    /// Held, since what nobody reaches is freed.
    private final NativeObjects natives;
    private final dnnl_primitive primitive;
    private final dnnl_stream stream;
    private final dnnl_exec_arg_t arguments;
    private final int count;
    private final Map<Integer, dnnl_memory> memories = new HashMap<>();
    private final Address address = new Address(0);

    /// @param arguments how the memory of each of oneDNN's arguments is laid out
    /// @param natives keeps what the operation is made of
    public Operation(primitive primitive, Map<Integer, memory.desc> arguments, NativeObjects natives) {
        this.natives = natives;
        this.primitive = natives.keep(natives.keep(primitive).get());
        stream = natives.keep(natives.keep(new stream(Cpu.ENGINE)).get());
        count = arguments.size();
        this.arguments = natives.keep(new dnnl_exec_arg_t(count));
        var place = 0;
        for (var argument : arguments.entrySet()) {
            var memory = natives.keep(natives.keep(new memory(argument.getValue(), Cpu.ENGINE, NOWHERE)).get());
            memories.put(argument.getKey(), memory);
            this.arguments.position(place++).arg(argument.getKey()).memory(memory);
        }
        this.arguments.position(0);
    }

    /// Where an argument lies from now on.
    public Operation at(int argument, long address) {
        this.address.move(address);
        dnnl_memory_set_data_handle(memories.get(argument), this.address);
        return this;
    }

    /// Runs on the OpenMP threads of the caller; done when it returns.
    public void run() {
        execute(primitive, stream, count, arguments);
    }

    /// Runs a primitive whose arguments are prepared.
    public static void execute(dnnl_primitive primitive, dnnl_stream stream, int count, dnnl_exec_arg_t arguments) {
        var status = dnnl_primitive_execute(primitive, stream, count, arguments);
        if (status != dnnl_success) throw new StriateException("oneDNN could not run a step: status " + status + ".");
    }
}
