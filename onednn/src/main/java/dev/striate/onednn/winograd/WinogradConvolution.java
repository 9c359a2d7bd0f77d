package dev.striate.onednn.winograd;

import dev.striate.graph.Size;
import dev.striate.graph.Window;
import java.lang.foreign.MemorySegment;

/// A 3×3 convolution by tiles, in a quarter of the multiplications, channels last: chunk after chunk of tile rows is
/// transformed, multiplied and transformed back by one thread while it is in the cache.
///
/// @param rows rows of tiles of a chunk; the last may have fewer
public record WinogradConvolution(Tiling tiling, int rows, Epilogue epilogue) {
    /// Where tiles pay, and how many go through the cache at once.
    ///
    /// @param fewestChannels of the pictures and of the outputs
    /// @param leastWork multiply-accumulates below which the transforms cost what the products save
    /// @param channelsPerTile how many times as many channels as tiles there may be: the products read all filters
    /// @param tiles of a chunk: enough for the filters to be worth loading, few enough for the cache
    public record Limits(int fewestChannels, long leastWork, int channelsPerTile, int tiles) {
        /// Filters are transformed once, and a thread goes through the whole network on its own.
        public static final Limits INFERENCE = new Limits(32, 1L << 24, 32, 100);
        /// The same where threads share each layer, of few pictures: the filters' transforms come from memory.
        public static final Limits SHARED = new Limits(32, 1L << 24, 12, 100);
        /// Filters are transformed at each step, and each layer's work is handed to the threads and back.
        public static final Limits TRAINING = new Limits(64, 1L << 29, 1, 400);

        /// Whether the channels are many enough, whatever the batch.
        public boolean areEnough(int channels, int filters) {
            return Math.min(channels, filters) >= fewestChannels;
        }

        /// Whether a convolution saves more than the transforms cost.
        public boolean pay(Tiling tiling) {
            var channels = tiling.x().channels();
            var filters = tiling.y().channels();
            var work = (long) tiling.pictures() * tiling.y().size().area() * TransformedFilters.AREA * channels
                    * filters;
            var all = (long) tiling.rows() * tiling.columns();
            return areEnough(channels, filters) && work >= leastWork
                    && all * channelsPerTile >= Math.max(channels, filters);
        }
    }

    /// Whether a window is one that tiles can do: 3×3, dense, with the same padding of at most one pixel on all sides.
    public static boolean fits(Window window) {
        var padding = window.padding();
        return window.kernel().equals(Size.square(3)) && window.stride().equals(Size.square(1))
                && window.dilation().equals(Size.square(1)) && padding.height() == padding.width()
                && padding.height() <= 1;
    }

    public int channels() {
        return tiling.x().channels();
    }

    public int filters() {
        return tiling.y().channels();
    }

    /// Tiles of a chunk.
    public int tiles() {
        return rows * tiling.columns();
    }

    /// Takes one chunk all the way.
    ///
    /// @param first its first row of tiles, counted over all pictures
    /// @param products multiplies `transformed` by the filters' transforms into `multiplied`
    public void convolve(int first, TileRow row, MemorySegment x, TilePlanes transformed, Runnable products,
            TilePlanes multiplied, MemorySegment y) {
        var count = Math.min(rows, tiling.rows() - first);
        for (var i = 0; i < count; i++) row.inputTransform(tiling, x, first + i, transformed, i * tiling.columns());
        products.run();
        for (var i = 0; i < count; i++) {
            row.outputTransform(tiling, multiplied, i * tiling.columns(), y, first + i, epilogue);
        }
    }
}
