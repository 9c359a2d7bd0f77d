package dev.striate.torch;

import dev.striate.graph.Op;
import dev.striate.graph.Size;
import dev.striate.natives.Processor;
import java.util.Set;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/// A convolution of 1×1 as a matrix product: positions × channels times channels × filters.
///
/// On AMD's Zen 5, with several threads, oneDNN divides by zero where it chooses blocks for those of ResNet-50's and its like's
/// channels, which ends the process (`brg_blocking_t::est_eff_1x1`, seen with oneDNN 3.10 and 3.11).
record PositionProduct(Size stride) {
    private static final Set<Set<Integer>> CHANNELS = Set.of(Set.of(256, 1024), Set.of(512, 1024), Set.of(512, 2048),
            Set.of(1024, 2048));

    /// Whether a convolution is to be one on this machine.
    static boolean isNeeded(Op.Conv conv, long channels) {
        return Processor.IS_ZEN_5 && can(conv) && channels != conv.filters()
                && CHANNELS.contains(Set.of((int) channels, conv.filters()));
    }

    /// Whether a convolution can be one.
    static boolean can(Op.Conv conv) {
        return conv.window().kernel().equals(Size.ONE) && conv.window().padding().equals(Size.ZERO)
                && conv.groups() == 1;
    }

    Tensor forward(Tensor x, Tensor weight, TensorOptional bias) {
        return torch.linear(positions(x), weight.flatten(1, -1), bias).permute(0, 3, 1, 2); // N×F×H×W
    }

    Tensor inputGradient(Tensor gradient, Tensor x, Tensor weight) {
        var given = torch.matmul(gradient.permute(0, 2, 3, 1), weight.flatten(1, -1)); // N×H×W×C
        if (stride.equals(Size.ONE)) return given.permute(0, 3, 1, 2);
        var spread = torch.zeros_like(x);
        positions(spread).copy_(given);
        return spread;
    }

    Tensor weightGradient(Tensor gradient, Tensor x, Tensor weight) {
        return torch.mm(rows(gradient).t(), positions(x).flatten(0, 2)).view_as(weight);
    }

    Tensor biasGradient(Tensor gradient) {
        return rows(gradient).sum(0);
    }

    private static Tensor rows(Tensor gradient) {
        return gradient.permute(0, 2, 3, 1).flatten(0, 2);
    }

    /// The positions that are read, as a view: N×H×W×C.
    private Tensor positions(Tensor x) {
        return SubsampleKernel.view(x, stride).permute(0, 2, 3, 1);
    }
}
