package dev.striate.torch;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/// A batch cut into chunks of tile rows, each of which one member of the [Crew] takes all the way through a [Winograd]
/// convolution while it is in the cache.
final class TileChunks {
    /// Tiles of a chunk: enough rows for the products' filters to be worth loading, few enough for the cache.
    private static final int MOST_TILES = 400;

    private final Tiles tiles;
    private final Filters filters;
    private final int pictures;
    private final int members = Crew.size();
    private final int rows;
    private final int length;
    private final float[][][] planes = new float[members][][];
    private TileProducts there;
    private TileProducts back;
    private TileProducts weights;

    TileChunks(Tiles tiles, Filters filters, int pictures) {
        this.tiles = tiles;
        this.filters = filters;
        this.pictures = pictures;
        rows = Math.clamp(MOST_TILES / tiles.columns(), 1, Math.ceilDiv(pictures * tiles.rows(), members));
        length = rows * tiles.columns();
        var widest = Math.max(filters.channels(), filters.filters());
        for (var i = 0; i < members; i++) planes[i] = Tiles.planes(tiles.columns() * widest);
        Crew.alone(() -> {
            there = TileProducts.ofFilters(length, filters.channels(), filters.filters(), true, members);
            back = TileProducts.ofFilters(length, filters.filters(), filters.channels(), false, members);
            weights = TileProducts.ofGradients(length, filters.filters(), filters.channels(), members);
        });
    }

    /// The convolution of the input or, turned, of the output's gradient, which gives the input's.
    Tensor convolve(Tensor x, Tensor weight, boolean turned) {
        var from = turned ? filters.filters() : filters.channels();
        var to = turned ? filters.channels() : filters.filters();
        var products = turned ? back : there;
        var packed = products.packed(spread(weight, turned));
        var y = torch.empty(pictures, tiles.height(), tiles.width(), to);
        var left = chunk(from);
        var result = chunk(to);
        MemorySegment in = memory(x), out = memory(y);
        for (var i = 0; i < members; i++) products.lend(i, left[i], packed, result[i]);
        MemorySegment[] spread = memory(left), multiplied = memory(result);
        Crew.work(members, member -> each(member, (row, count) -> {
            var own = planes[member];
            for (var i = 0; i < count; i++) {
                tiles.ofInputs(in, from, row + i, own);
                store(own, spread[member], i, from);
            }
            products.run(member);
            for (var i = 0; i < count; i++) {
                load(multiplied[member], i, to, own);
                tiles.toOutputs(own, out, to, row + i);
            }
        }));
        return y.permute(0, 3, 1, 2); // N×C×H×W
    }

    /// Adds the gradient of the weights.
    void addWeightGradient(Tensor x, Tensor gradient, Tensor weightGradient) {
        int channels = filters.channels(), outputs = filters.filters();
        var left = chunk(outputs);
        var right = chunk(channels);
        var sums = new Tensor[members];
        for (var i = 0; i < members; i++) {
            sums[i] = torch.zeros((long) Tiles.AREA * outputs * channels);
            weights.lend(i, left[i], right[i], sums[i]);
        }
        MemorySegment in = memory(x), out = memory(gradient);
        MemorySegment[] spreadOut = memory(left), spreadIn = memory(right);
        Crew.work(members, member -> each(member, (row, count) -> {
            var own = planes[member];
            for (var i = 0; i < rows; i++) {
                if (i < count) tiles.ofInputs(in, channels, row + i, own);
                else clear(own);
                store(own, spreadIn[member], i, channels);
                if (i < count) tiles.ofGradients(out, outputs, row + i, own);
                store(own, spreadOut[member], i, outputs);
            }
            weights.run(member);
        }));
        for (var i = 1; i < members; i++) sums[0].add_(sums[i]);
        MemorySegment sum = memory(sums[0]), target = memory(weightGradient);
        Crew.work(members, member -> {
            for (var f = member; f < outputs; f += members) filters.gather(sum, f, planes[member], target);
        });
    }

    private Tensor spread(Tensor weight, boolean turned) {
        var spread = torch.empty((long) Tiles.AREA * filters.filters() * filters.channels());
        MemorySegment from = memory(weight), to = memory(spread);
        Crew.work(members, member -> {
            for (var f = member; f < filters.filters(); f += members)
                filters.spread(from, f, turned, planes[member], to);
        });
        return spread;
    }

    private interface Chunk {
        /// @param row the first tile row, counted over all pictures
        void take(int row, int count);
    }

    private void each(int member, Chunk chunk) {
        var all = pictures * tiles.rows();
        for (var row = member * rows; row < all; row += members * rows) chunk.take(row, Math.min(rows, all - row));
    }

    private Tensor[] chunk(int channels) {
        var size = (long) Tiles.AREA * length * channels;
        return IntStream.range(0, members).mapToObj(_ -> torch.empty(size)).toArray(Tensor[]::new);
    }

    private void store(float[][] planes, MemorySegment chunk, int row, int channels) {
        for (var i = 0; i < Tiles.AREA; i++) {
            MemorySegment.copy(planes[i], 0, chunk, JAVA_FLOAT, place(i, row, channels), tiles.columns() * channels);
        }
    }

    private void load(MemorySegment chunk, int row, int channels, float[][] planes) {
        for (var i = 0; i < Tiles.AREA; i++) {
            MemorySegment.copy(chunk, JAVA_FLOAT, place(i, row, channels), planes[i], 0, tiles.columns() * channels);
        }
    }

    private static void clear(float[][] planes) {
        for (var plane : planes) Arrays.fill(plane, 0f);
    }

    private long place(int plane, int row, int channels) {
        return ((long) plane * length + row * tiles.columns()) * channels * Float.BYTES;
    }

    private static MemorySegment[] memory(Tensor[] tensors) {
        return Arrays.stream(tensors).map(TileChunks::memory).toArray(MemorySegment[]::new);
    }

    @SuppressWarnings("restricted")
    private static MemorySegment memory(Tensor tensor) {
        return MemorySegment.ofAddress(tensor.data_ptr().address()).reinterpret(tensor.numel() * Float.BYTES);
    }
}
