package dev.striate.onnx;

import dev.striate.graph.Shape;

/// A value of the graph by its name: N×C×H×W or, `flat`, N×C.
record Value(String name, Shape shape, boolean flat) {}
