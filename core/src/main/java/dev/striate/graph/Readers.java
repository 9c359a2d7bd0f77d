package dev.striate.graph;

/// How often each node's output is read.
public final class Readers {
    private Readers() {}

    /// By other nodes, and once more for each output of the network that it is.
    public static int[] count(Network network) {
        var readers = new int[network.nodes().size()];
        for (var node : network.nodes()) for (var input : node.reads()) readers[input]++;
        for (var output : network.outputs().values()) readers[output]++;
        return readers;
    }
}
