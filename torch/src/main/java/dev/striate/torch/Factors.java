package dev.striate.torch;

import java.util.stream.IntStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.StringViewOptional;
import org.bytedeco.pytorch.global.torch;

/// Two matrices whose product is as near another, by the sum of squares, as any of their rank.
///
/// @param left rows × rank, row-major
/// @param right rank × columns, each row times its singular value
/// @param kept the share of the squares of all singular values that belongs to those that stay
public record Factors(float[] left, float[] right, double kept) {
    /// By truncated singular value decomposition.
    ///
    /// @param matrix rows × columns, row-major
    /// @param rank from 1 to the smaller of both
    public static Factors truncated(float[] matrix, int rows, int columns, int rank) {
        Libtorch.load();
        try (var _ = new PointerScope(); var _ = GradMode.off()) {
            var parts = Tensors.split(torch.linalg_svd(Tensors.of(matrix, rows, columns), false,
                    new StringViewOptional()));
            var left = Tensors.floats(parts[0].narrow(1, 0, rank).contiguous());
            var values = Tensors.floats(parts[1]);
            var right = Tensors.floats(parts[2].narrow(0, 0, rank).contiguous());
            for (var i = 0; i < right.length; i++) right[i] *= values[i / columns];
            return new Factors(left, right, squares(values, rank) / squares(values, values.length));
        }
    }

    private static double squares(float[] values, int count) {
        return IntStream.range(0, count).mapToDouble(i -> (double) values[i] * values[i]).sum();
    }
}
