package dev.striate.onednn.winograd;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import java.lang.foreign.MemorySegment;

/// The transforms of a chunk of tiles in memory: 36 planes of tiles × channels.
public record TilePlanes(MemorySegment memory, int tiles, int channels) {
    /// What they take, in bytes.
    public static long bytes(int tiles, int channels) {
        return (long) Tiling.AREA * tiles * channels * Float.BYTES;
    }

    /// Copies a run of values out of a plane, from a tile on.
    void load(int plane, int tile, float[] to, int length) {
        MemorySegment.copy(memory, JAVA_FLOAT, place(plane, tile), to, 0, length);
    }

    void store(int plane, int tile, float[] from, int length) {
        MemorySegment.copy(from, 0, memory, JAVA_FLOAT, place(plane, tile), length);
    }

    private long place(int plane, int tile) {
        return ((long) plane * tiles + tile) * channels * Float.BYTES;
    }
}
