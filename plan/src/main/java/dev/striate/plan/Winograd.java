package dev.striate.plan;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.striate.graph.Size;
import dev.striate.winograd.Ending;
import dev.striate.winograd.Filters;
import dev.striate.winograd.Tiling;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// A 3×3 convolution by tiles, in a quarter of the multiplications, channels last, on one thread: chunk after chunk is
/// transformed, multiplied and transformed back while it is in the cache.
///
/// @param rows rows of tiles of a chunk
record Winograd(Tiling tiling, int rows, Ending ending) {
    /// Tiles of a chunk: enough for the products' filters to be worth loading, few enough for the cache.
    private static final int MOST_TILES = 100;
    private static final int FEWEST_CHANNELS = 32;
    /// Multiply-accumulates below which the transforms cost what the products save.
    private static final long LEAST_WORK = 1L << 24;
    /// How many times as many channels as tiles there may be: each picture's products read all filters.
    private static final int FILTERS_PER_TILE = 32;

    /// A step in this way, where it is a convolution that it fits and pays for.
    static @Nullable Winograd of(Program program, Step step, int pictures) {
        if (!(step.stage() instanceof Stage.Convolution layer) || step.input() == 0 || !fits(layer)) return null;
        var slope = slope(step.posts());
        var tiling = new Tiling(pictures, program.shape(step.input()), program.shape(step.output()),
                layer.geometry().before().height());
        if (Float.isNaN(slope) || !pays(tiling)) return null;
        var ending = Ending.of(tiling, layer.weights().bias(), step.addsResidual(), slope);
        return new Winograd(tiling, tiling.rowsPerChunk(MOST_TILES), ending);
    }

    private static boolean fits(Stage.Convolution layer) {
        var geometry = layer.geometry();
        var padding = geometry.before();
        return layer.weights().sides().length == 4 && geometry.kernel().equals(Size.square(3))
                && geometry.stride().equals(Size.square(1)) && geometry.dilation().equals(Size.square(1))
                && geometry.after().equals(padding) && padding.height() == padding.width() && padding.height() <= 1;
    }

    /// What values below zero are multiplied by, after a residual is added if one is; NaN for what is not done here.
    private static float slope(List<Post> posts) {
        var adds = !posts.isEmpty() && posts.getFirst() instanceof Post.Residual;
        var rest = adds ? posts.subList(1, posts.size()) : posts;
        if (rest.isEmpty()) return 1;
        return rest.size() == 1 && rest.getFirst() instanceof Post.Curve(Post.Kind kind, float alpha, float _)
                && kind == Post.Kind.RELU ? alpha : Float.NaN;
    }

    private static boolean pays(Tiling tiling) {
        var channels = tiling.x().channels();
        var filters = tiling.y().channels();
        if (Math.min(channels, filters) < FEWEST_CHANNELS) return false;
        var work = (long) tiling.pictures() * tiling.y().size().area() * Filters.AREA * channels * filters;
        return work >= LEAST_WORK
                && (long) tiling.rows() * tiling.columns() * FILTERS_PER_TILE >= Math.max(channels, filters);
    }

    int channels() {
        return tiling.x().channels();
    }

    int filters() {
        return tiling.y().channels();
    }

    /// Tiles of a chunk.
    int tiles() {
        return rows * tiling.columns();
    }

    /// Writes the transforms of all weights, 36 × filters × channels.
    static void spread(Weights weights, MemorySegment target) {
        var filters = new Filters(weights.filters(), Math.toIntExact(weights.sides()[1]));
        IntStream.range(0, filters.filters()).parallel().forEach(filter -> {
            var each = filters.channels() * Filters.AREA;
            var stored = Rows.floats(weights.stored(), (long) filter * each, each); // channels × 3 × 3
            var planes = filters.planes();
            for (var i = 0; i < each; i++) {
                planes[Filters.plane(i % Filters.AREA)][i / Filters.AREA] = stored[i] * weights.factors()[filter];
            }
            filters.spread(planes, filter, target);
        });
    }
}
