package dev.striate.plan;

import dev.striate.graph.Network;
import dev.striate.graph.Node;
import dev.striate.graph.Op;
import dev.striate.graph.Readers;
import dev.striate.graph.Shape;
import dev.striate.graph.Shapes;
import dev.striate.weights.TensorData;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Turns a network into steps: what does nothing at inference is dropped, padding goes into the window behind it, and
/// what follows a layer that nobody else reads is folded into it where [Fusion] can.
final class Lowering {
    static final Op.Pad NO_PAD = new Op.Pad(0, 0, 0, 0, 0);
    private static final int NONE = -1;

    private final Network network;
    private final List<Shape> shapes;
    private final Computations computations;
    private final int[] onlyReader;
    private final int[] resolved;
    private final Map<Integer, Op.Pad> pads = new HashMap<>();
    private final Set<Integer> folded = new HashSet<>();
    private final List<PlanStep> steps = new ArrayList<>();

    private Lowering(Network network, Map<String, TensorData> tensors) {
        this.network = network;
        shapes = Shapes.of(network);
        computations = new Computations(network, shapes, tensors);
        onlyReader = onlyReaders(network);
        resolved = new int[onlyReader.length];
        for (var i = 0; i < resolved.length; i++) resolved[i] = i;
    }

    /// For each node the one that alone reads it; −1 where there are several, or where it is an output.
    private static int[] onlyReaders(Network network) {
        var readers = Readers.count(network);
        var only = new int[readers.length];
        Arrays.fill(only, NONE);
        for (var i = 0; i < only.length; i++) {
            for (var input : network.nodes().get(i).reads()) if (readers[input] == 1) only[input] = i;
        }
        return only;
    }

    /// The steps of a network to all its outputs.
    static LoweredNetwork of(Network network, Map<String, TensorData> tensors) {
        var lowering = new Lowering(network, tensors);
        for (var i = 1; i < network.nodes().size(); i++) lowering.lower(i);
        var outputs = network.outputs().values().stream().map(output -> lowering.resolved[output]).toList();
        return Averages.inBestOrder(new LoweredNetwork(network, lowering.shapes, lowering.steps, outputs));
    }

    private void lower(int index) {
        if (folded.contains(index)) return;
        var node = network.nodes().get(index);
        if (passes(index, node)) {
            resolved[index] = resolved[node.inputs().getFirst()];
            return;
        }
        if (node.op() instanceof Op.Pad pad && goesIntoReader(index, pad)) {
            pads.put(index, pad);
            resolved[index] = resolved[node.inputs().getFirst()];
            return;
        }
        steps.add(extend(first(index, node)));
    }

    private PlanStep first(int index, Node node) {
        var pad = node.inputs().stream().map(pads::get).filter(found -> found != null).findFirst().orElse(NO_PAD);
        var inputs = node.reads().stream().map(input -> resolved[input]).toList();
        return computations.step(index, inputs, pad);
    }

    /// Folds readers into a step as long as there is one reader and it can be folded.
    private PlanStep extend(PlanStep step) {
        for (var next = onlyReader[step.output()]; next != NONE; next = onlyReader[step.output()]) {
            var longer = fold(step, next);
            if (longer == null) break;
            folded.add(next);
            step = longer.endingAt(next);
        }
        return step;
    }

    private @Nullable PlanStep fold(PlanStep step, int next) {
        var node = network.nodes().get(next);
        if (passes(next, node)) return node.op() instanceof Op.Flatten ? null : step;
        return switch (node.op()) {
            case Op.BatchNorm norm -> Fusion.scale(step, computations.normalisation(node, norm));
            case Op.ChannelAffine _ -> Fusion.scale(step, computations.affine(node));
            case Op.Scale scale -> Fusion.scale(step, scale.factor());
            case Op.Relu _ -> Fusion.curve(step, PostOp.Curve.RELU);
            case Op.LeakyRelu leaky -> Fusion.curve(step, PostOp.Curve.leaky(leaky.slope()));
            case Op.Sigmoid _ -> Fusion.curve(step, PostOp.Curve.SIGMOID);
            case Op.Tanh _ -> Fusion.curve(step, PostOp.Curve.TANH);
            case Op.Add _ -> residual(step, node);
            default -> null;
        };
    }

    /// A sum goes into the layer that gives one side of it once the other side is there.
    private @Nullable PlanStep residual(PlanStep step, Node sum) {
        if (sum.inputs().size() != 2 || !(step.computation() instanceof Computation.Convolution)) return null;
        var other = resolved[sum.inputs().get(sum.inputs().getFirst() == step.output() ? 1 : 0)];
        var there = other == 0 || steps.stream().anyMatch(earlier -> earlier.output() == other);
        return there && !step.addsResidual() ? step.then(new PostOp.Residual(other)) : null;
    }

    /// Whether an operation gives its input on unchanged, at inference and as memory holds it.
    private boolean passes(int index, Node node) {
        return switch (node.op()) {
            case Op.Dropout _ -> true;
            case Op.DropPath _ -> true;
            case Op.Detection _ -> true;
            case Op.TreeLogits _ -> true;
            case Op.Flatten _ -> shapes.get(node.inputs().getFirst()).isVector() || onlyProductsRead(index);
            case Op.Crop _ -> shapes.get(node.inputs().getFirst()).equals(shapes.get(index));
            default -> false;
        };
    }

    private boolean onlyProductsRead(int index) {
        if (network.outputs().containsValue(index)) return false;
        return network.nodes().stream().filter(node -> node.inputs().contains(index))
                .allMatch(node -> node.op() instanceof Op.Linear
                        || node.op() instanceof Op.Dropout && onlyProductsRead(network.nodes().indexOf(node)));
    }

    private boolean goesIntoReader(int index, Op.Pad pad) {
        if (onlyReader[index] == NONE || pads.containsKey(network.nodes().get(index).inputs().getFirst())) return false;
        return switch (network.nodes().get(onlyReader[index]).op()) {
            case Op.Conv _ -> pad.value() == 0;
            case Op.MaxPool pool -> pad.value() == Double.NEGATIVE_INFINITY && !pool.ceil();
            default -> false;
        };
    }
}
