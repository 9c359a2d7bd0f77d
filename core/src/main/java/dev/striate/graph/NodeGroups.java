package dev.striate.graph;

import java.util.ArrayList;
import java.util.List;

/// A network's nodes in groups as papers draw them: a layer, and the normalisations and pointwise operations that only it
/// feeds.
final class NodeGroups {
    private NodeGroups() {}

    /// A layer and what is folded into it: the indices of its nodes, in order.
    record Group(List<Integer> nodes) {
        Group {
            nodes = List.copyOf(nodes);
        }

        int head() {
            return nodes.getFirst();
        }

        int last() {
            return nodes.getLast();
        }
    }

    /// One group for each node.
    static List<Group> none(Network network) {
        var groups = new ArrayList<Group>();
        for (var i = 0; i < network.nodes().size(); i++) groups.add(new Group(List.of(i)));
        return groups;
    }

    /// The groups in the order of their first nodes.
    static List<Group> of(Network network) {
        var readers = Readers.count(network);
        var chains = new ArrayList<List<Integer>>();
        var chainOf = new ArrayList<List<Integer>>();
        for (var i = 0; i < network.nodes().size(); i++) {
            var chain = joins(network, readers, i)
                    ? chainOf.get(network.nodes().get(i).inputs().getFirst())
                    : start(chains);
            chain.add(i);
            chainOf.add(chain);
        }
        return chains.stream().map(Group::new).toList();
    }

    private static List<Integer> start(List<List<Integer>> chains) {
        chains.add(new ArrayList<>());
        return chains.getLast();
    }

    private static boolean joins(Network network, int[] readers, int index) {
        var node = network.nodes().get(index);
        if (!(node.op() instanceof Op.Pointwise || node.op() instanceof Op.BatchNorm)) return false;
        int before = node.inputs().getFirst();
        return readers[before] == 1 && before != 0;
    }
}
