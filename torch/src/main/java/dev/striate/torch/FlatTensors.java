package dev.striate.torch;

import java.util.List;
import org.bytedeco.pytorch.Tensor;

/// What an optimiser moves: values and their gradients, each in one flat tensor, cut into ranges that it treats alike.
///
/// @param statistics what a running average follows besides the values
record FlatTensors(Tensor values, Tensor gradients, Tensor statistics, List<FlatLayout.Range> ranges) {}
