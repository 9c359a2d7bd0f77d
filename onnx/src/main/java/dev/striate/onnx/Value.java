package dev.striate.onnx;

import dev.striate.graph.Shape;
import org.jspecify.annotations.Nullable;

/// A value of the graph by its name: N×C×H×W or, `flat`, N×C; rounded to 8 bits where it has a range.
record Value(String name, Shape shape, boolean flat, Int8.@Nullable Range range) {
    Value(String name, Shape shape, boolean flat) {
        this(name, shape, flat, null);
    }
}
