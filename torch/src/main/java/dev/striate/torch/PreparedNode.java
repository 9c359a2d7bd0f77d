package dev.striate.torch;

/// A node as a pass sees it. The targets are the inputs that the output may be written over, or −1: where values are kept
/// for a backward pass, and where they are not.
///
/// @param channels of each input
/// @param frozen whether it has parameters of which none is trained
/// @param differentiable whether a gradient has to come back to it
record PreparedNode(int index, String name, Kernel kernel, int[] inputs, int[] channels, boolean frozen,
        boolean differentiable, int trainingTarget, int inferenceTarget) {}
