package dev.striate.onednn.winograd;

/// What is done to a convolution's outputs on their way to memory: a bias is added, and what is below zero is multiplied.
///
/// @param bias for each filter, repeated for each column of tiles; empty for none
/// @param sum whether to add what lies where the outputs go, and when
/// @param slope 0 for a ReLU, 1 to leave values as they are
public record Epilogue(float[] bias, Sum sum, float slope) {
    /// Outputs as they are.
    public static final Epilogue NONE = new Epilogue(new float[0], Sum.NONE, 1);

    /// When what lies there already is added.
    public enum Sum {
        NONE,
        /// Before the curve, as in ResNet's blocks.
        BEFORE_CURVE,
        /// Behind it, as in Darknet's.
        BEHIND_CURVE
    }

    /// @param bias for each filter
    public static Epilogue of(Tiling tiling, float[] bias, Sum sum, float slope) {
        var repeated = new float[tiling.columns() * bias.length];
        for (var i = 0; i < repeated.length; i++) repeated[i] = bias[i % bias.length];
        return new Epilogue(repeated, sum, slope);
    }

    /// Applies the sum and the curve to outputs that have their bias.
    ///
    /// @param others what lies where the outputs go, where it is added
    void apply(float[] values, float[] others, int length) {
        if (sum == Sum.BEFORE_CURVE) add(values, others, length);
        bend(values, length);
        if (sum == Sum.BEHIND_CURVE) add(values, others, length);
    }

    private static void add(float[] values, float[] others, int length) {
        for (var i = 0; i < length; i++) values[i] += others[i];
    }

    private void bend(float[] values, int length) {
        if (slope == 0) {
            for (var i = 0; i < length; i++) values[i] = Math.max(values[i], 0);
        } else if (slope != 1) {
            for (var i = 0; i < length; i++) values[i] = Math.max(values[i], 0) + slope * Math.min(values[i], 0);
        }
    }
}
