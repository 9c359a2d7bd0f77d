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
    private Tiles() {}

    /// A step by tiles, where it is a convolution that they fit and pay for.
    ///
    /// @param threads that share its chunks
    static @Nullable WinogradConvolution of(LoweredNetwork lowered, PlanStep step, int pictures, int threads) {
        if (!(step.computation() instanceof Computation.Convolution layer) || step.input() == 0 || !fits(layer))
            return null;
        var slope = slope(step.posts());
        var tiling = new Tiling(pictures, lowered.shape(step.input()), lowered.shape(step.output()),
                layer.geometry().before().height());
        var limits = threads > 1 ? WinogradConvolution.Limits.SHARED : WinogradConvolution.Limits.INFERENCE;
        if (Float.isNaN(slope) || !limits.pay(tiling)) return null;
        var epilogue = Epilogue.of(tiling, layer.weights().bias(), sum(step.posts()), slope);
        return new WinogradConvolution(tiling, tiling.rowsPerChunk(limits.tiles(), threads), epilogue);
    }

    private static boolean fits(Computation.Convolution layer) {
        var geometry = layer.geometry();
        var isGrouped = layer.weights().sides().length > 4;
        return !isGrouped && geometry.after().equals(geometry.before()) && WinogradConvolution.fits(
                new Window(geometry.kernel(), geometry.stride(), geometry.before(), geometry.dilation()));
    }

    private static Epilogue.Sum sum(List<PostOp> posts) {
        for (var i = 0; i < posts.size(); i++) {
            if (posts.get(i) instanceof PostOp.Residual)
                return i == 0 ? Epilogue.Sum.BEFORE_CURVE : Epilogue.Sum.BEHIND_CURVE;
        }
        return Epilogue.Sum.NONE;
    }

    /// What values below zero are multiplied by, before or behind the sum; NaN for what is not done here.
    private static float slope(List<PostOp> posts) {
        var rest = posts.stream().filter(post -> !(post instanceof PostOp.Residual)).toList();
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
