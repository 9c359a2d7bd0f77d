package dev.striate.torch;

import dev.striate.graph.Network;

/// Which nodes' outputs the backward pass needs, and so forward keeps.
final class KeptValues {
    private KeptValues() {}

    /// @param recompute whether a cheap value is not kept but computed again, from its inputs, kept in its place
    static boolean[] of(Network network, Kernel[] kernels, GradientFlow flow, boolean recompute) {
        var kept = new boolean[kernels.length];
        for (var i = 0; i < kernels.length; i++) {
            if (!flow.reaches()[i]) continue;
            kept[i] |= kernels[i].readsOutput();
            if (readsInputs(kernels[i], flow.trained()[i])) keepInputs(network, i, kept);
        }
        for (var i = kernels.length - 1; recompute && i > 0; i--) {
            if (!kept[i] || !kernels[i].cheap()) continue;
            kept[i] = false;
            keepInputs(network, i, kept);
        }
        return kept;
    }

    private static boolean readsInputs(Kernel kernel, boolean trained) {
        return kernel.readsInputs() || trained && kernel.readsInputsForParameters();
    }

    private static void keepInputs(Network network, int node, boolean[] kept) {
        for (var input : network.nodes().get(node).inputs()) kept[input] = true;
    }
}
