package dev.striate.torch;

import dev.striate.graph.Op;
import dev.striate.graph.Size;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/// A convolution of 1×1 on few positions as a matrix product: positions × channels times channels × filters.
///
/// oneDNN cuts positions into blocks of a register's worth. On AVX-512, of some wide layers (1,024 channels to 512 filters) with
/// fewer positions than a block has, it divides by a number of blocks of 0, which ends the process.
final class PositionProduct {
    /// No block of oneDNN's is as long.
    private static final long FEW = 32;

    private PositionProduct() {}

    /// Whether a convolution can be one.
    static boolean can(Op.Conv conv) {
        var window = conv.window();
        return window.kernel().equals(Size.ONE) && window.stride().equals(Size.ONE)
                && window.padding().equals(Size.ZERO) && conv.groups() == 1;
    }

    static boolean isFew(Tensor x) {
        return x.size(0) * x.size(2) * x.size(3) < FEW;
    }

    static Tensor forward(Tensor x, Tensor weight, TensorOptional bias) {
        return torch.linear(x.permute(0, 2, 3, 1), weight.flatten(1, -1), bias).permute(0, 3, 1, 2); // N×F×H×W
    }

    static Tensor inputGradient(Tensor gradient, Tensor weight) {
        return torch.matmul(gradient.permute(0, 2, 3, 1), weight.flatten(1, -1)).permute(0, 3, 1, 2); // N×C×H×W
    }

    static Tensor weightGradient(Tensor gradient, Tensor x, Tensor weight) {
        return torch.mm(rows(gradient).t(), rows(x)).view_as(weight);
    }

    static Tensor biasGradient(Tensor gradient) {
        return rows(gradient).sum(0);
    }

    private static Tensor rows(Tensor map) {
        return map.permute(0, 2, 3, 1).flatten(0, 2);
    }
}
