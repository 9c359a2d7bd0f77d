package dev.striate.weights;

import dev.striate.StriateException;
import dev.striate.weights.Pickled.None;
import dev.striate.weights.Pickled.Tuple;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Reads a pickle of protocols 2 to 4 without executing it: a stack machine over the few instructions that containers,
/// numbers and texts take. Whatever name a pickle asks for is answered by [TorchNames], or refused.
final class Unpickler {
    /// More values than any checkpoint holds: a byte of pickle can cost sixty of memory.
    private static final int MOST_VALUES = 4_000_000;

    private final PickleBytes in;
    private final TorchNames names;
    private final Map<Long, Object> memo = new HashMap<>();
    private final List<List<Object>> marked = new ArrayList<>();
    private List<Object> stack = new ArrayList<>();
    private int values;

    private Unpickler(PickleBytes in, TorchNames names) {
        this.in = in;
        this.names = names;
    }

    /// Reads one pickle and stops behind it.
    static Object load(PickleBytes in, TorchNames names) {
        var unpickler = new Unpickler(in, names);
        while (true) {
            var opcode = in.u8();
            if (opcode == '.') return unpickler.pop(Object.class);
            unpickler.step(opcode);
        }
    }

    private void step(int opcode) {
        if (++values > MOST_VALUES) throw StriateException.file("its pickle has more than " + MOST_VALUES + " steps.");
        switch (opcode) {
            case 0x80 -> protocol(in.u8());
            case 0x95 -> in.number(8); // a frame's length
            case '(' -> mark();
            case '0' -> pop(Object.class);
            case 'q' -> memo.put(in.number(1), top());
            case 'r' -> memo.put(in.number(4), top());
            case 0x94 -> memo.put((long) memo.size(), top());
            case 'h' -> push(remembered(in.number(1)));
            case 'j' -> push(remembered(in.number(4)));
            case 'c' -> push(names.find(in.line(), in.line()));
            case 0x93 -> stackGlobal();
            case 'R' -> reduce();
            case 'b' -> build();
            case 'Q' -> push(names.persistent(pop(Object.class)));
            case 'a', 'e', 's', 'u' -> fill(opcode);
            default -> push(opcode >= 0x85 && opcode <= 0x87 || "tld])}".indexOf(opcode) >= 0
                    ? container(opcode)
                    : atom(opcode));
        }
    }

    private void protocol(int version) {
        if (version > 4) {
            throw StriateException.file("its pickle is of protocol " + version + "; protocols up to 4 are read.");
        }
    }

    private Object atom(int opcode) {
        return switch (opcode) {
            case 'N' -> None.NONE;
            case 0x88 -> true;
            case 0x89 -> false;
            case 'K' -> in.number(1);
            case 'M' -> in.number(2);
            case 'J' -> (long) (int) in.number(4);
            case 'G' -> Double.longBitsToDouble(Long.reverseBytes(in.number(8)));
            case 0x8a -> integer(in.array(in.number(1)));
            case 'X' -> in.text(in.number(4));
            case 0x8c -> in.text(in.number(1));
            case 0x8d -> in.text(in.number(8));
            case 'T' -> in.text(in.number(4));
            case 'U' -> in.text(in.number(1));
            case 'B' -> in.array(in.number(4));
            case 'C' -> in.array(in.number(1));
            default -> throw unknown(opcode);
        };
    }

    private Object container(int opcode) {
        return switch (opcode) {
            case ']' -> new ArrayList<>();
            case '}' -> new LinkedHashMap<>();
            case ')' -> new Tuple(List.of());
            case 0x85, 0x86, 0x87 -> new Tuple(popped(opcode - 0x84));
            case 't' -> new Tuple(toMark());
            case 'l' -> toMark();
            default -> put(new LinkedHashMap<>(), toMark());
        };
    }

    private static Object integer(byte[] littleEndian) {
        if (littleEndian.length == 0) return 0L;
        var bigEndian = new byte[littleEndian.length];
        for (var i = 0; i < bigEndian.length; i++) bigEndian[i] = littleEndian[bigEndian.length - 1 - i];
        var integer = new BigInteger(bigEndian);
        return integer.bitLength() < Long.SIZE ? (Object) integer.longValue() : integer;
    }

    private void fill(int opcode) {
        var items = switch (opcode) {
            case 'a' -> popped(1);
            case 's' -> popped(2);
            default -> toMark();
        };
        if (opcode == 'a' || opcode == 'e') asList(top()).addAll(items);
        else put(asMap(top()), items);
    }

    private static Map<Object, Object> put(Map<Object, Object> map, List<Object> items) {
        for (var i = 0; i + 1 < items.size(); i += 2) {
            if (!(items.get(i) instanceof String || items.get(i) instanceof Number
                    || items.get(i) instanceof Boolean)) {
                throw StriateException.file("its pickle has a dictionary whose key is neither text nor number.");
            }
            map.put(items.get(i), items.get(i + 1));
        }
        return map;
    }

    private void stackGlobal() {
        var name = pop(String.class);
        push(names.find(pop(String.class), name));
    }

    private void reduce() {
        var arguments = pop(Tuple.class);
        push(names.call(pop(Object.class), arguments.items()));
    }

    /// Attributes of an ordered dictionary (PyTorch's `_metadata`) or the state of something opaque: not needed.
    private void build() {
        pop(Object.class);
        if (top() instanceof Map || top() instanceof Pickled.Opaque) return;
        throw StriateException.file("its pickle sets the state of what has none: refused; nothing was executed.");
    }

    private void push(Object value) {
        stack.add(value);
    }

    private Object top() {
        if (stack.isEmpty()) throw broken();
        return stack.getLast();
    }

    private <T> T pop(Class<T> type) {
        if (!type.isInstance(top())) throw broken();
        return type.cast(stack.removeLast());
    }

    private void mark() {
        marked.add(stack);
        stack = new ArrayList<>();
    }

    private List<Object> toMark() {
        if (marked.isEmpty()) throw broken();
        var items = stack;
        stack = marked.removeLast();
        return items;
    }

    private List<Object> popped(int count) {
        if (stack.size() < count) throw broken();
        var tail = stack.subList(stack.size() - count, stack.size());
        var items = new ArrayList<>(tail);
        tail.clear();
        return Collections.unmodifiableList(items);
    }

    private Object remembered(long index) {
        var value = memo.get(index);
        if (value == null) throw broken();
        return value;
    }

    @SuppressWarnings("unchecked") // the machine makes lists of objects only
    private List<Object> asList(Object value) {
        if (value instanceof ArrayList<?> list) return (List<Object>) list;
        throw broken();
    }

    @SuppressWarnings("unchecked") // the machine makes maps of objects only
    private Map<Object, Object> asMap(Object value) {
        if (value instanceof LinkedHashMap<?, ?> map) return (Map<Object, Object>) map;
        throw broken();
    }

    private StriateException unknown(int opcode) {
        var instruction = "0x%02x at byte %d".formatted(opcode, in.position() - 1);
        return StriateException.file("its pickle has the instruction " + instruction
                + ", which no tensor needs: refused; nothing was executed.");
    }

    private StriateException broken() {
        return StriateException.file("its pickle is broken near byte " + in.position() + ".");
    }
}
