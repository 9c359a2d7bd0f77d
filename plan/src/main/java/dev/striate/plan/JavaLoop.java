package dev.striate.plan;

import java.lang.foreign.MemorySegment;

/// An operation in Java on one picture after another: channels × height × width of float32 in the arena.
@FunctionalInterface
interface JavaLoop {
    /// Reads a picture at byte `from` and writes one at byte `to`.
    void run(MemorySegment memory, long from, long to);
}
