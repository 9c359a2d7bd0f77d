package dev.striate.plan;

import dev.striate.graph.Window;
import dev.striate.onednn.winograd.Epilogue;
import dev.striate.onednn.winograd.Tiling;
import dev.striate.onednn.winograd.TransformedFilters;
import dev.striate.onednn.winograd.WinogradConvolution;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Which steps of a plan are convolutions by tiles, with what follows them, and their weights.
final class Tiles {
    private static final WinogradConvolution.Limits LIMITS = WinogradConvolution.Limits.INFERENCE;

    private Tiles() {}

    /// A step by tiles, where it is a convolution that they fit and pay for.
    static @Nullable WinogradConvolution of(LoweredNetwork lowered, PlanStep step, int pictures) {
        if (!(step.computation() instanceof Computation.Convolution layer) || step.input() == 0 || !fits(layer))
            return null;
        var slope = slope(step.posts());
        var tiling = new Tiling(pictures, lowered.shape(step.input()), lowered.shape(step.output()),
                layer.geometry().before().height());
        if (Float.isNaN(slope) || !LIMITS.pay(tiling)) return null;
        var epilogue = Epilogue.of(tiling, layer.weights().bias(), step.addsResidual(), slope);
        return new WinogradConvolution(tiling, tiling.rowsPerChunk(LIMITS.tiles()), epilogue);
    }

    private static boolean fits(Computation.Convolution layer) {
        var geometry = layer.geometry();
        var isGrouped = layer.weights().sides().length > 4;
        return !isGrouped && geometry.after().equals(geometry.before()) && WinogradConvolution.fits(
                new Window(geometry.kernel(), geometry.stride(), geometry.before(), geometry.dilation()));
    }

    /// What values below zero are multiplied by, after a residual is added if one is; NaN for what is not done here.
    private static float slope(List<PostOp> posts) {
        var adds = !posts.isEmpty() && posts.getFirst() instanceof PostOp.Residual;
        var rest = adds ? posts.subList(1, posts.size()) : posts;
        if (rest.isEmpty()) return 1;
        return rest.size() == 1 && rest.getFirst() instanceof PostOp.Curve(PostOp.Kind kind, float alpha, float _)
                && kind == PostOp.Kind.RELU ? alpha : Float.NaN;
    }

    /// Writes the transforms of all weights, 36 × filters × channels.
    static void transform(FoldedWeights weights, MemorySegment target) {
        var filters = new TransformedFilters(weights.filters(), Math.toIntExact(weights.sides()[1]));
        IntStream.range(0, filters.filters()).parallel().forEach(filter -> {
            var each = filters.channels() * TransformedFilters.AREA;
            var stored = Rows.floats(weights.stored(), (long) filter * each, each); // channels × 3 × 3
            var planes = filters.planes();
            for (var i = 0; i < each; i++) {
                planes[TransformedFilters.plane(i % TransformedFilters.AREA)][i / TransformedFilters.AREA] = stored[i]
                        * weights.factors()[filter];
            }
            filters.transform(planes, filter, target);
        });
    }
}
