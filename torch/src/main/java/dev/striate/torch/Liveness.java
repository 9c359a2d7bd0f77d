package dev.striate.torch;

import dev.striate.graph.Network;
import dev.striate.graph.Readers;
import java.util.Arrays;

/// How often each node's output is read, and by which node last. An output of the network is read once more: by the
/// caller, after all nodes.
record Liveness(int[] readers, int[] lastReader) {
    static final int CALLER = Integer.MAX_VALUE;

    static Liveness of(Network network) {
        var last = new int[network.nodes().size()];
        Arrays.setAll(last, i -> i);
        for (var i = 0; i < last.length; i++) for (var input : network.nodes().get(i).inputs()) last[input] = i;
        for (var output : network.outputs().values()) last[output] = CALLER;
        return new Liveness(Readers.count(network), last);
    }

    /// Whether a node is the only reader of another's output.
    boolean isReadOnlyBy(int reader, int node) {
        return readers[node] == 1 && lastReader[node] == reader;
    }
}
