package dev.striate.graph;

import java.util.List;

/// Which node's memory each output lies in: its own, or, computed in place or as a view, that of its input.
///
/// A pointwise operation is in place where nothing else needs its input: no other node, no output of the network and, in
/// training, not the gradient of the operation before (that of a ReLU or a pooling by norm reads what it gave).
record Activations(int[] owner) {

    static Activations inTraining(Network network) {
        return of(network, true);
    }

    static Activations inInference(Network network) {
        return of(network, false);
    }

    private static Activations of(Network network, boolean training) {
        var readers = Readers.count(network);
        var owner = new int[network.nodes().size()];
        for (var i = 0; i < owner.length; i++) {
            var node = network.nodes().get(i);
            owner[i] = i;
            if (node.inputs().isEmpty()) continue;
            int input = node.inputs().getFirst();
            var free = readOnce(network, readers, input)
                    && !(training && gradientReadsOutput(network.nodes().get(input).op()));
            if (isView(node.op()) || node.op() instanceof Op.Pointwise && free) owner[i] = owner[input];
        }
        return new Activations(owner);
    }

    /// Whether a node's output, and what it is a view of, has one reader only; the pictures belong to the caller.
    private static boolean readOnce(Network network, int[] readers, int index) {
        var node = network.nodes().get(index);
        if (readers[index] != 1 || node.op() instanceof Op.Input) return false;
        return !isView(node.op()) || readOnce(network, readers, node.inputs().getFirst());
    }

    private static boolean isView(Op op) {
        return op instanceof Op.Flatten || op instanceof Op.Detection || op instanceof Op.TreeLogits;
    }

    private static boolean gradientReadsOutput(Op op) {
        return switch (op) {
            case Op.Relu _ -> true;
            case Op.LeakyRelu _ -> true;
            case Op.Sigmoid _ -> true;
            case Op.Tanh _ -> true;
            case Op.Softmax _ -> true;
            case Op.LpPool _ -> true;
            case Op.L2Norm _ -> true;
            case Op.LocalResponseNorm _ -> true;
            case Op.Flatten _ -> true; // a view: what it shows may be such an output
            case Op.Detection _ -> true;
            case Op.TreeLogits _ -> true;
            case Op.Conv _ -> false;
            case Op.TransposedConv _ -> false;
            case Op.TableConv _ -> false;
            case Op.LocalConv _ -> false;
            case Op.Linear _ -> false;
            case Op.BatchNorm _ -> false;
            case Op.ChannelAffine _ -> false;
            case Op.Weightless _ -> false;
        };
    }

    boolean shares(int node) {
        return owner[node] != node;
    }

    /// The elements of all outputs that have their own memory.
    long sum(List<Shape> shapes) {
        var sum = 0L;
        for (var i = 0; i < owner.length; i++) if (!shares(i)) sum += shapes.get(i).elements();
        return sum;
    }

    /// The most elements that live at once when each memory is freed after its last reader.
    long peak(Network network, List<Shape> shapes) {
        var last = lastUse(network);
        var live = 0L;
        var peak = 0L;
        for (var i = 0; i < owner.length; i++) {
            if (!shares(i)) live += shapes.get(i).elements();
            peak = Math.max(peak, live);
            for (var memory = 0; memory <= i; memory++) {
                if (last[memory] == i && !shares(memory)) live -= shapes.get(memory).elements();
            }
        }
        return peak;
    }

    private int[] lastUse(Network network) {
        var last = new int[owner.length];
        for (var i = 0; i < last.length; i++) {
            last[owner[i]] = i;
            for (var input : network.nodes().get(i).reads()) last[owner[input]] = i;
        }
        network.outputs().values().forEach(output -> last[owner[output]] = Integer.MAX_VALUE);
        return last;
    }
}
