package dev.striate.vision.report;

import java.util.stream.DoubleStream;

/// How a chart's axis places its values.
public enum Scale {
    LINEAR,
    /// Linear, of values that are whole numbers, such as epochs: there are no ticks between them.
    WHOLE,
    /// Equal factors take equal lengths; what is not above 0 is left out.
    LOGARITHMIC,
    /// Linear, from 0 to 1 whatever the values are, such as precision and recall.
    SHARE;

    /// Whole, if all values are, or linear.
    static Scale of(DoubleStream values) {
        return values.allMatch(v -> v == Math.rint(v)) ? WHOLE : LINEAR;
    }

    /// Whether the value has a place on such an axis.
    boolean shows(double value) {
        return Double.isFinite(value) && (this != LOGARITHMIC || value > 0);
    }
}
