package dev.striate.weights;

import dev.striate.StriateException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;

/// What a pickle can hold besides Java's own strings, numbers, lists and maps.
sealed interface Pickled {
    /// Python's `None`.
    enum None implements Pickled {
        NONE
    }

    /// The functions that a pickle may name: each has its counterpart here, and none is Python's.
    enum Function implements Pickled {
        ORDERED_DICT,
        SIZE,
        REBUILD_TENSOR,
        REBUILD_PARAMETER
    }

    record Tuple(List<Object> items) implements Pickled {}

    /// A named thing that is known to be harmless and whose value nobody needs: a numpy scalar, a dtype.
    record Opaque(String name) implements Pickled {}

    record StorageType(DataType type) implements Pickled {}

    /// `elements` values of the storage that the file keeps under `key`, which has `whole`, from `start` on.
    record Storage(DataType type, String key, long whole, long start, long elements) implements Pickled {
        private static final long MOST = 1L << 56;

        public Storage {
            if (whole < 0 || whole > MOST || start < 0 || elements < 0 || start > whole - elements) {
                throw StriateException.file("its storage '" + key + "' of " + whole + " values has none from " + start
                        + " to " + start + " + " + elements + ".");
            }
        }
    }

    /// A tensor as PyTorch keeps it: a storage, where in it the tensor starts, its sides, and the step of each, in
    /// elements.
    record View(Storage storage, long offset, List<Integer> shape, List<Long> strides) implements Pickled {
        private static final int MOST_DIMENSIONS = 64;

        /// The values of a whole storage as a row-major tensor: a part of them, or a copy where they lie in another
        /// order.
        TensorData read(MemorySegment whole, Budget budget) {
            var size = storage.type().bytes();
            var elements = count();
            if (elements == 0) return new TensorData(storage.type(), shape, MemorySegment.NULL);
            checkRange();
            var first = (storage.start() + offset) * size;
            if (isContiguous()) {
                return new TensorData(storage.type(), shape, whole.asSlice(first, elements * size));
            }
            budget.spend(Math.multiplyExact(elements, size));
            var copy = Arena.ofAuto().allocate(elements * size, size);
            copy(whole, first, copy, 0, 0, elements);
            return new TensorData(storage.type(), shape, copy);
        }

        private long count() {
            if (shape.size() != strides.size() || shape.size() > MOST_DIMENSIONS) {
                throw StriateException.file("expected as many strides as sides, at most " + MOST_DIMENSIONS
                        + "; received " + strides.size() + " and " + shape.size() + ".");
            }
            try {
                return shape.stream().mapToLong(i -> i).reduce(1, Math::multiplyExact);
            } catch (ArithmeticException e) {
                throw StriateException.file("its shape " + shape + " has more values than fit anywhere.", e);
            }
        }

        private void checkRange() {
            try {
                var last = offset;
                for (var i = 0; i < shape.size(); i++) {
                    if (strides.get(i) < 0) last = -1;
                    else last = Math.addExact(last, Math.multiplyExact(shape.get(i) - 1, strides.get(i)));
                    if (last < 0) break;
                }
                if (offset >= 0 && last >= 0 && last < storage.elements()) return;
            } catch (ArithmeticException _) {
                // too large for a long, so out of range
            }
            throw StriateException.file("its offset " + offset + ", shape " + shape + " and strides " + strides
                    + " reach outside the " + storage.elements() + " values of its storage.");
        }

        private boolean isContiguous() {
            var expected = 1L;
            for (var i = shape.size() - 1; i >= 0; i--) {
                if (shape.get(i) != 1 && strides.get(i) != expected) return false;
                expected *= shape.get(i);
            }
            return true;
        }

        private void copy(MemorySegment from, long start, MemorySegment to, long end, int axis, long elements) {
            var size = storage.type().bytes();
            if (axis == shape.size()) {
                MemorySegment.copy(from, start, to, end, size);
                return;
            }
            var inner = elements / shape.get(axis);
            for (var i = 0; i < shape.get(axis); i++) {
                copy(from, start + i * strides.get(axis) * size, to, end + i * inner * size, axis + 1, inner);
            }
        }
    }

    /// How many bytes may still be copied: views that repeat values could ask for any amount.
    final class Budget {
        private long left;

        Budget(long bytes) {
            left = bytes;
        }

        void spend(long bytes) {
            if (bytes > left) {
                throw StriateException.file("its strides repeat values until they take " + bytes
                        + " bytes, more than the file could mean.");
            }
            left -= bytes;
        }
    }
}
