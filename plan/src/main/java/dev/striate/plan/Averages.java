package dev.striate.plan;

import dev.striate.graph.Shape;
import dev.striate.graph.Size;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Lets averages and 1×1 convolutions change places where that is less work: both are linear, so their order is free.
///
/// An average that keeps its maps' size (Inception's) comes behind a convolution to fewer channels; one that makes them smaller
/// (DenseNet's) comes in front of one.
final class Averages {
    private static final Size ONE = new Size(1, 1);
    private static final Size NONE = new Size(0, 0);

    private final LoweredNetwork lowered;
    private final List<Shape> shapes;
    private final Map<Integer, List<PlanStep>> readers;
    private final List<PlanStep> steps;

    private Averages(LoweredNetwork lowered) {
        this.lowered = lowered;
        shapes = new ArrayList<>(lowered.shapes());
        readers = lowered.readers();
        steps = new ArrayList<>(lowered.steps());
    }

    static LoweredNetwork inBestOrder(LoweredNetwork lowered) {
        var averages = new Averages(lowered);
        averages.order();
        return new LoweredNetwork(lowered.network(), averages.shapes, averages.steps, lowered.outputs());
    }

    private void order() {
        for (var first : lowered.steps()) {
            var second = onlyReader(first);
            // A layer between two averages changes places once.
            if (second == null || !steps.contains(first)) continue;
            if (keepsSize(first) && isPointwise(second) && narrows(second) && isScale(second.posts())) {
                averageLater(first, second);
            } else if (isPointwise(first) && first.posts().isEmpty() && shrinks(second)) {
                averageFirst(first, second);
            }
        }
    }

    private @Nullable PlanStep onlyReader(PlanStep step) {
        var all = readers.getOrDefault(step.output(), List.of());
        return all.size() == 1 && !lowered.gives(step.output())
                && all.getFirst().inputs().equals(List.of(step.output()))
                        ? all.getFirst()
                        : null;
    }

    private static @Nullable Geometry average(PlanStep step) {
        return step.computation() instanceof Computation.Pooling(Computation.Reduction reduction, Geometry geometry)
                && reduction != Computation.Reduction.MAXIMUM ? geometry : null;
    }

    private boolean keepsSize(PlanStep step) {
        return average(step) != null && shapes.get(step.input()).size().equals(shapes.get(step.output()).size());
    }

    /// Whether each value is in one average, and nothing else is.
    private static boolean shrinks(PlanStep step) {
        var geometry = average(step);
        return geometry != null && geometry.kernel().equals(geometry.stride()) && !geometry.kernel().equals(ONE)
                && geometry.before().equals(NONE) && geometry.after().equals(NONE);
    }

    private static boolean isPointwise(PlanStep step) {
        return step.computation() instanceof Computation.Convolution(FoldedWeights weights, Geometry geometry)
                && weights.sides().length == 4 && geometry.kernel().equals(ONE) && geometry.stride().equals(ONE)
                && geometry.before().equals(NONE) && geometry.after().equals(NONE);
    }

    private boolean narrows(PlanStep layer) {
        return shapes.get(layer.output()).channels() < shapes.get(layer.input()).channels();
    }

    private static boolean isScale(List<PostOp> posts) {
        return posts.isEmpty() || posts.equals(List.of(PostOp.Curve.RELU));
    }

    /// The bias comes behind the average, which may count zeros around its maps, and so does a ReLU.
    private void averageLater(PlanStep average, PlanStep layer) {
        var convolution = (Computation.Convolution) layer.computation();
        var bias = convolution.weights().bias();
        var narrow = shapes.get(layer.output());
        var wide = shapes.get(average.input());
        shapes.set(average.output(), new Shape(narrow.channels(), wide.height(), wide.width()));
        var scale = new Computation.ChannelScale(Computation.ChannelScale.uniform(bias.length, 1), bias);
        var averaged = shapes.size();
        shapes.add(narrow);
        replace(average, new PlanStep(layer.name(),
                convolution.with(convolution.weights().withoutBias()), average.inputs(), List.of(), average.output()));
        replace(layer,
                new PlanStep(average.name(), average.computation(), List.of(average.output()), List.of(), averaged),
                new PlanStep(layer.name() + ".bias", scale, List.of(averaged),
                        layer.posts(), layer.output()));
    }

    private void averageFirst(PlanStep layer, PlanStep average) {
        var small = shapes.get(average.output());
        shapes.set(layer.output(),
                new Shape(shapes.get(layer.input()).channels(), small.height(), small.width()));
        replace(layer, new PlanStep(average.name(), average.computation(), layer.inputs(), List.of(), layer.output()));
        replace(average, new PlanStep(layer.name(), layer.computation(), List.of(layer.output()), average.posts(),
                average.output()));
    }

    private void replace(PlanStep old, PlanStep... by) {
        var at = steps.indexOf(old);
        steps.remove(at);
        steps.addAll(at, List.of(by));
    }
}
