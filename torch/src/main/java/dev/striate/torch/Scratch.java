package dev.striate.torch;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/// Memory in which one kernel of a pass works after the other; what it holds is lost when the next one begins. Fetched anew for
/// each kernel, it would cost more page faults than all values together.
final class Scratch implements AutoCloseable {
    /// Pieces begin at multiples of so many floats: a cache line.
    private static final long LINE = 16;
    /// How many times as much as wanted is held at most.
    private static final long MOST = 2;

    private Tensor memory = Tensors.kept(torch.empty(0));
    private long used;

    /// Begins anew, with room for pieces of so many floats in all.
    ///
    /// @param pieces how many there will be
    void begin(long floats, int pieces) {
        used = 0;
        var wanted = floats + pieces * LINE;
        var there = memory.numel();
        if (there >= wanted && there <= MOST * wanted) return;
        memory.deallocate();
        memory = Tensors.kept(torch.empty(wanted));
    }

    /// The next piece; its values are whatever was there.
    Tensor next(long floats) {
        var piece = memory.narrow(0, used, floats);
        used += Math.ceilDiv(floats, LINE) * LINE;
        return piece;
    }

    /// Gives back all pieces from this one on.
    void release(Tensor piece) {
        used = piece.storage_offset();
    }

    @Override
    public void close() {
        memory.deallocate();
    }
}
