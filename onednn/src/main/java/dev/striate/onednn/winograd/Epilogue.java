package dev.striate.onednn.winograd;

/// What is done to a convolution's outputs on their way to memory: a bias is added, then what lies there already, then
/// what is below zero is multiplied.
///
/// @param bias for each filter, repeated for each column of tiles; empty for none
/// @param adds whether to add what lies where the outputs go
/// @param slope 0 for a ReLU, 1 to leave values as they are
public record Epilogue(float[] bias, boolean adds, float slope) {
    /// Outputs as they are.
    public static final Epilogue NONE = new Epilogue(new float[0], false, 1);

    /// @param bias for each filter
    public static Epilogue of(Tiling tiling, float[] bias, boolean adds, float slope) {
        var repeated = new float[tiling.columns() * bias.length];
        for (var i = 0; i < repeated.length; i++) repeated[i] = bias[i % bias.length];
        return new Epilogue(repeated, adds, slope);
    }

    void apply(float[] values, int length) {
        if (slope == 0) {
            for (var i = 0; i < length; i++) values[i] = Math.max(values[i], 0);
        } else if (slope != 1) {
            for (var i = 0; i < length; i++) values[i] = Math.max(values[i], 0) + slope * Math.min(values[i], 0);
        }
    }
}
