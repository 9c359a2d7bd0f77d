package dev.striate.vision.rcnn;

import dev.striate.StriateException;
import dev.striate.data.batch.Loader;
import dev.striate.data.batch.Loading;
import dev.striate.data.region.RegionSet;
import dev.striate.graph.Outputs;
import dev.striate.weights.AtomicFile;
import dev.striate.weights.MappedFile;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.List;

/// The values of some layers for each of many regions, on disk: they are more than fits into memory, 4 bytes a value.
/// The file is a row for each region, its layers one after the other, behind a head of 16 bytes that says how many.
final class RegionFeatures {
    private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED
            .withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final long HEAD = 2 * Long.BYTES;
    private static final int BATCH = 64;

    private final MemorySegment bytes;
    private final long rows;
    private final long columns;

    private RegionFeatures(MemorySegment bytes, long rows, long columns) {
        this.bytes = bytes;
        this.rows = rows;
        this.columns = columns;
    }

    /// Runs the network on all regions and writes what the layers give.
    static void write(Path file, RegionSet regions, RegionNetwork network, List<String> layers) {
        AtomicFile.write(file, channel -> {
            try (var loader = Loader.of(regions, network.preparation(),
                    Loading.evaluation(Math.min(BATCH, regions.size())))) {
                var first = true;
                while (loader.hasNext()) {
                    try (var batch = loader.next()) {
                        var outputs = network.run(batch.pixels(), batch.size());
                        if (first) writeHead(channel, regions.size(), columns(outputs, layers));
                        first = false;
                        writeRows(channel, outputs, layers);
                    }
                }
            }
        });
    }

    private static long columns(Outputs outputs, List<String> layers) {
        return layers.stream().mapToLong(layer -> outputs.get(layer).length / outputs.pictures()).sum();
    }

    private static void writeHead(FileChannel channel, long rows, long columns) throws IOException {
        var head = MemorySegment.ofArray(new byte[(int) HEAD]);
        head.set(LONG, 0, rows);
        head.set(LONG, Long.BYTES, columns);
        AtomicFile.writeFully(channel, head);
    }

    private static void writeRows(FileChannel channel, Outputs outputs, List<String> layers) throws IOException {
        var columns = columns(outputs, layers);
        var rows = MemorySegment.ofArray(new byte[Math.toIntExact(outputs.pictures() * columns * Float.BYTES)]);
        for (var row = 0; row < outputs.pictures(); row++) {
            var at = row * columns * Float.BYTES;
            for (var layer : layers) {
                var values = outputs.get(layer);
                var length = values.length / outputs.pictures();
                MemorySegment.copy(values, row * length, rows, FLOAT, at, length);
                at += (long) length * Float.BYTES;
            }
        }
        AtomicFile.writeFully(channel, rows);
    }

    /// Maps what [#write] wrote; refuses a file of other numbers of regions and values.
    static RegionFeatures read(Path file, long rows, long columns) {
        var bytes = MappedFile.read(file);
        var known = bytes.byteSize() < HEAD ? 0 : bytes.get(LONG, 0);
        var wide = bytes.byteSize() < HEAD ? 0 : bytes.get(LONG, Long.BYTES);
        if (known != rows || wide != columns || bytes.byteSize() != HEAD + rows * columns * Float.BYTES) {
            throw StriateException.file(columns + " values of each of " + rows + " regions were expected in " + file
                    + "; received " + wide + " of " + known + " in " + bytes.byteSize() + " bytes.");
        }
        return new RegionFeatures(bytes, rows, columns);
    }

    long rows() {
        return rows;
    }

    /// Some values of a region: `length` of them from column `from` on.
    float[] values(long row, int from, int length) {
        var values = new float[length];
        MemorySegment.copy(bytes, FLOAT, HEAD + (row * columns + from) * Float.BYTES, values, 0, length);
        return values;
    }
}
