package dev.striate.torch;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.striate.onednn.ThreadTeam;
import dev.striate.onednn.WorkerThreads;
import dev.striate.onednn.winograd.Epilogue;
import dev.striate.onednn.winograd.TilePlanes;
import dev.striate.onednn.winograd.TileRow;
import dev.striate.onednn.winograd.Tiling;
import dev.striate.onednn.winograd.TransformedFilters;
import dev.striate.onednn.winograd.WinogradConvolution;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Tensor;

/// A batch cut into chunks of tile rows, each of which one member of the [WorkerThreads] takes all the way through a [WinogradConvKernel]
/// convolution while it is in the cache.
final class WinogradBatch {
    private final Tiling tiling;
    private final TransformedFilters filters;
    private final int members = Libtorch.threads();
    private final int rows;
    private final int length;
    private final TileRow[] tileRows = new TileRow[members];
    private ChunkProducts forward;
    private ChunkProducts backward;
    private ChunkProducts weights;

    WinogradBatch(Tiling tiling, TransformedFilters filters) {
        this.tiling = tiling;
        this.filters = filters;
        rows = Math.clamp(WinogradConvolution.Limits.TRAINING.tiles() / tiling.columns(), 1,
                Math.ceilDiv(tiling.rows(), members));
        length = rows * tiling.columns();
        for (var i = 0; i < members; i++) {
            tileRows[i] = new TileRow();
            tileRows[i].grow(tiling);
        }
        WorkerThreads.alone(() -> {
            forward = ChunkProducts.forward(length, filters.channels(), filters.filters(), members);
            backward = ChunkProducts.backward(length, filters.channels(), filters.filters(), members);
            weights = ChunkProducts.ofGradients(length, filters.channels(), filters.filters(), members);
        });
    }

    /// The convolution of the input.
    ///
    /// @param bias for each filter; empty for none
    Tensor convolve(Tensor x, Tensor weight, float[] bias, Scratch scratch) {
        return convolve(x, weight, scratch, forward, tiling, Epilogue.of(tiling, bias, Epilogue.Sum.NONE, 1), false);
    }

    /// The input's gradient: the convolution of the output's with the filters turned by 180°.
    Tensor inputGradient(Tensor gradient, Tensor weight, Scratch scratch) {
        return convolve(gradient, weight, scratch, backward, tiling.reversed(), Epilogue.NONE, true);
    }

    private Tensor convolve(Tensor x, Tensor weight, Scratch scratch, ChunkProducts products, Tiling tiling,
            Epilogue epilogue, boolean turned) {
        int from = tiling.x().channels(), to = tiling.y().channels();
        var y = FusedType.FLOAT32.channelsLast(tiling.pictures(), tiling.y());
        scratch.begin(products.packedFloats() + Math.max(plain(), members * (chunk(from) + chunk(to))),
                1 + 2 * members);
        var packed = scratch.next(products.packedFloats());
        pack(products, weight, turned, scratch, packed);
        var left = chunks(from, scratch);
        var result = chunks(to, scratch);
        MemorySegment in = Tensors.memory(x), out = Tensors.memory(y);
        for (var i = 0; i < members; i++) products.lend(i, left[i], packed, result[i]);
        TilePlanes[] transformed = planes(left, from), multiplied = planes(result, to);
        var convolution = new WinogradConvolution(tiling, rows, epilogue);
        ThreadTeam.run(members, member -> each(member, row -> convolution.convolve(row, tileRows[member], in,
                transformed[member], () -> products.run(member), multiplied[member], out)));
        return y;
    }

    /// Adds the gradient of the weights.
    void addWeightGradient(Tensor x, Tensor gradient, Tensor weightGradient, Scratch scratch) {
        int channels = filters.channels(), outputs = filters.filters();
        scratch.begin(members * (chunk(outputs) + chunk(channels) + plain()), 3 * members);
        var left = chunks(outputs, scratch);
        var right = chunks(channels, scratch);
        var sums = new Tensor[members];
        for (var i = 0; i < members; i++) {
            sums[i] = scratch.next(plain()).zero_();
            weights.lend(i, left[i], right[i], sums[i]);
        }
        MemorySegment in = Tensors.memory(x), out = Tensors.memory(gradient);
        TilePlanes[] gradients = planes(left, outputs), inputs = planes(right, channels);
        ThreadTeam.run(members, member -> each(member, first -> {
            var count = Math.min(rows, tiling.rows() - first);
            if (count < rows) gradients[member].memory().fill((byte) 0);
            for (var i = 0; i < count; i++) {
                tileRows[member].inputTransform(tiling, in, first + i, inputs[member], i * tiling.columns());
                tileRows[member].gradientTransform(tiling, out, first + i, gradients[member], i * tiling.columns());
            }
            weights.run(member);
        }));
        for (var i = 1; i < members; i++) sums[0].add_(sums[i]);
        addGradient(sums[0], weightGradient);
    }

    private void pack(ChunkProducts products, Tensor weight, boolean turned, Scratch scratch, Tensor packed) {
        var plain = scratch.next(plain());
        transform(weight, turned, plain);
        products.pack(plain, packed);
        scratch.release(plain);
    }

    private void transform(Tensor weight, boolean turned, Tensor transformed) {
        MemorySegment from = Tensors.memory(weight), to = Tensors.memory(transformed);
        ThreadTeam.run(members, member -> {
            var planes = filters.planes();
            for (var f = member; f < filters.filters(); f += members) {
                for (var i = 0; i < TransformedFilters.AREA; i++) {
                    var weightIndex = turned ? TransformedFilters.AREA - 1 - i : i;
                    MemorySegment.copy(from, JAVA_FLOAT, weight(f, weightIndex), planes[TransformedFilters.plane(i)], 0,
                            filters.channels());
                }
                filters.transform(planes, f, to);
            }
        });
    }

    private void addGradient(Tensor transformed, Tensor gradient) {
        MemorySegment from = Tensors.memory(transformed), to = Tensors.memory(gradient);
        ThreadTeam.run(members, member -> {
            var planes = filters.planes();
            var old = new float[filters.channels()];
            for (var f = member; f < filters.filters(); f += members) {
                filters.gradient(from, f, planes);
                for (var i = 0; i < TransformedFilters.AREA; i++) {
                    var plane = planes[TransformedFilters.plane(i)];
                    MemorySegment.copy(to, JAVA_FLOAT, weight(f, i), old, 0, old.length);
                    for (var c = 0; c < old.length; c++) plane[c] += old[c];
                    MemorySegment.copy(plane, 0, to, JAVA_FLOAT, weight(f, i), old.length);
                }
            }
        });
    }

    /// Where a filter's weights for one place lie, filters × 3 × 3 × channels.
    private long weight(int filter, int index) {
        return ((long) filter * TransformedFilters.AREA + index) * filters.channels() * Float.BYTES;
    }

    /// The chunks of one member, each by its first tile row, counted over all pictures. Which they are never changes: sums
    /// are the same in every run.
    private void each(int member, IntConsumer chunk) {
        for (var row = member * rows; row < tiling.rows(); row += members * rows) chunk.accept(row);
    }

    /// The floats of the filters' transforms.
    private long plain() {
        return (long) Tiling.AREA * filters.filters() * filters.channels();
    }

    /// The floats of a chunk.
    private long chunk(int channels) {
        return (long) Tiling.AREA * length * channels;
    }

    /// A chunk for each member.
    private Tensor[] chunks(int channels, Scratch scratch) {
        return IntStream.range(0, members).mapToObj(_ -> scratch.next(chunk(channels))).toArray(Tensor[]::new);
    }

    private TilePlanes[] planes(Tensor[] chunks, int channels) {
        return Arrays.stream(chunks).map(chunk -> new TilePlanes(Tensors.memory(chunk), length, channels))
                .toArray(TilePlanes[]::new);
    }
}
