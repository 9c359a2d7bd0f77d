package dev.striate.torch;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.striate.winograd.Ending;
import dev.striate.winograd.Filters;
import dev.striate.winograd.Planes;
import dev.striate.winograd.TileRow;
import dev.striate.winograd.Tiling;
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

    private final Tiling tiling;
    private final Filters filters;
    private final int members = Crew.size();
    private final int rows;
    private final int length;
    private final TileRow[] tileRows = new TileRow[members];
    private TileProducts there;
    private TileProducts back;
    private TileProducts weights;

    TileChunks(Tiling tiling, Filters filters) {
        this.tiling = tiling;
        this.filters = filters;
        rows = Math.clamp(MOST_TILES / tiling.columns(), 1, Math.ceilDiv(tiling.rows(), members));
        length = rows * tiling.columns();
        for (var i = 0; i < members; i++) {
            tileRows[i] = new TileRow();
            tileRows[i].grow(tiling);
        }
        Crew.alone(() -> {
            there = TileProducts.ofFilters(length, filters.channels(), filters.filters(), true, members);
            back = TileProducts.ofFilters(length, filters.filters(), filters.channels(), false, members);
            weights = TileProducts.ofGradients(length, filters.filters(), filters.channels(), members);
        });
    }

    /// The convolution of the input.
    Tensor convolve(Tensor x, Tensor weight) {
        return convolve(x, weight, there, tiling, false);
    }

    /// The input's gradient: the convolution of the output's with the filters turned by 180°.
    Tensor inputGradient(Tensor gradient, Tensor weight) {
        return convolve(gradient, weight, back, tiling.reversed(), true);
    }

    private Tensor convolve(Tensor x, Tensor weight, TileProducts products, Tiling tiling, boolean turned) {
        int from = tiling.x().channels(), to = tiling.y().channels();
        var packed = packed(products, weight, turned);
        var y = Tensors.channelsLast(tiling.pictures(), tiling.y());
        var left = chunk(from);
        var result = chunk(to);
        MemorySegment in = Tensors.memory(x), out = Tensors.memory(y);
        for (var i = 0; i < members; i++) products.lend(i, left[i], packed, result[i]);
        Planes[] spread = planes(left, from), multiplied = planes(result, to);
        Crew.work(members, member -> each(member, (row, count) -> {
            for (var i = 0; i < count; i++) {
                tileRows[member].spread(tiling, in, row + i, spread[member], i * tiling.columns());
            }
            products.run(member);
            for (var i = 0; i < count; i++) {
                tileRows[member].gather(tiling, multiplied[member], i * tiling.columns(), out, row + i, Ending.NONE);
            }
        }));
        return y;
    }

    /// Adds the gradient of the weights.
    void addWeightGradient(Tensor x, Tensor gradient, Tensor weightGradient) {
        int channels = filters.channels(), outputs = filters.filters();
        var left = chunk(outputs);
        var right = chunk(channels);
        var sums = new Tensor[members];
        for (var i = 0; i < members; i++) {
            sums[i] = torch.zeros((long) Tiling.AREA * outputs * channels);
            weights.lend(i, left[i], right[i], sums[i]);
        }
        MemorySegment in = Tensors.memory(x), out = Tensors.memory(gradient);
        Planes[] spreadOut = planes(left, outputs), spreadIn = planes(right, channels);
        Crew.work(members, member -> each(member, (row, count) -> {
            if (count < rows) spreadOut[member].memory().fill((byte) 0);
            for (var i = 0; i < count; i++) {
                tileRows[member].spread(tiling, in, row + i, spreadIn[member], i * tiling.columns());
                tileRows[member].spreadGradients(tiling, out, row + i, spreadOut[member], i * tiling.columns());
            }
            weights.run(member);
        }));
        for (var i = 1; i < members; i++) sums[0].add_(sums[i]);
        gather(sums[0], weightGradient);
    }

    private Tensor packed(TileProducts products, Tensor weight, boolean turned) {
        try (var plain = spread(weight, turned)) {
            return products.packed(plain);
        }
    }

    private Tensor spread(Tensor weight, boolean turned) {
        var spread = torch.empty((long) Tiling.AREA * filters.filters() * filters.channels());
        MemorySegment from = Tensors.memory(weight), to = Tensors.memory(spread);
        Crew.work(members, member -> {
            var planes = filters.planes();
            for (var f = member; f < filters.filters(); f += members) {
                for (var i = 0; i < Filters.AREA; i++) {
                    var weightIndex = turned ? Filters.AREA - 1 - i : i;
                    MemorySegment.copy(from, JAVA_FLOAT, weight(f, weightIndex), planes[Filters.plane(i)], 0,
                            filters.channels());
                }
                filters.spread(planes, f, to);
            }
        });
        return spread;
    }

    private void gather(Tensor spread, Tensor gradient) {
        MemorySegment from = Tensors.memory(spread), to = Tensors.memory(gradient);
        Crew.work(members, member -> {
            var planes = filters.planes();
            var old = new float[filters.channels()];
            for (var f = member; f < filters.filters(); f += members) {
                filters.gather(from, f, planes);
                for (var i = 0; i < Filters.AREA; i++) {
                    var plane = planes[Filters.plane(i)];
                    MemorySegment.copy(to, JAVA_FLOAT, weight(f, i), old, 0, old.length);
                    for (var c = 0; c < old.length; c++) plane[c] += old[c];
                    MemorySegment.copy(plane, 0, to, JAVA_FLOAT, weight(f, i), old.length);
                }
            }
        });
    }

    /// Where a filter's weights for one place lie, filters × 3 × 3 × channels.
    private long weight(int filter, int index) {
        return ((long) filter * Filters.AREA + index) * filters.channels() * Float.BYTES;
    }

    private interface Chunk {
        /// @param row the first tile row, counted over all pictures
        void take(int row, int count);
    }

    private void each(int member, Chunk chunk) {
        var all = tiling.rows();
        for (var row = member * rows; row < all; row += members * rows) chunk.take(row, Math.min(rows, all - row));
    }

    private Tensor[] chunk(int channels) {
        var size = (long) Tiling.AREA * length * channels;
        return IntStream.range(0, members).mapToObj(_ -> torch.empty(size)).toArray(Tensor[]::new);
    }

    private Planes[] planes(Tensor[] chunks, int channels) {
        return Arrays.stream(chunks).map(chunk -> new Planes(Tensors.memory(chunk), length, channels))
                .toArray(Planes[]::new);
    }
}
