package dev.striate.onnx;

import dev.striate.weights.TensorData;
import java.util.Map;

/// A network's tensors by name, and which layers are to round theirs.
record OnnxWeights(Map<String, TensorData> tensors, Int8 int8) {}
