package dev.striate.graph;

import java.util.Locale;
import java.util.Optional;

/// Operations and windows in the words of a paper's table.
final class OperationNames {
    private OperationNames() {}

    /// The operation's name: `convolution, 32 groups`, `max pooling`.
    static String operation(Op op) {
        return switch (op) {
            case Op.Input _ -> "picture";
            case Op.Conv conv -> "convolution" + (conv.groups() == 1 ? "" : ", " + conv.groups() + " groups");
            case Op.TransposedConv conv ->
                "transposed convolution" + (conv.groups() == 1 ? "" : ", " + conv.groups() + " groups");
            case Op.TableConv _ -> "convolution by table";
            case Op.LocalConv _ -> "local convolution";
            case Op.Linear _ -> "fully connected";
            case Op.RadialBasis _ -> "radial basis";
            case Op.MaxPool _ -> "max pooling";
            case Op.AvgPool _ -> "average pooling";
            case Op.LpPool pool -> "L" + number(pool.power()) + " pooling";
            case Op.AdaptiveAvgPool pool ->
                pool.output().equals(Size.ONE) ? "global average pooling" : "average pooling to " + pool.output();
            case Op.RegionPooling pool -> "region " + switch (pool.method()) {
                case MAX -> "pooling";
                case ALIGN -> "align";
            } + " to " + pool.bins();
            case Op.BatchNorm _ -> "batch norm";
            case Op.LocalResponseNorm norm -> "local response norm over " + norm.size();
            case Op.L2Norm _ -> "L2 norm";
            case Op.ChannelAffine _ -> "scale and shift";
            case Op.Relu _ -> "ReLU";
            case Op.LeakyRelu _ -> "leaky ReLU";
            case Op.Sigmoid _ -> "sigmoid";
            case Op.Tanh _ -> "tanh";
            case Op.Softmax _ -> "softmax";
            case Op.TreeLogits logits -> "tree of " + logits.tree().size() + " classes";
            case Op.Scale scale -> "× " + number(scale.factor());
            case Op.Dropout dropout -> "dropout " + number(dropout.rate());
            case Op.DropPath drop -> "drop path " + number(drop.rate());
            case Op.Flatten _ -> "flatten";
            case Op.Concat _ -> "concatenation";
            case Op.Add _ -> "addition";
            case Op.PairDifference _ -> "difference of a pair";
            case Op.Slice slice -> "channels " + slice.from() + " to " + (slice.to() - 1);
            case Op.Upsample up -> up.interpolation().name().toLowerCase(Locale.ROOT) + " up-sampling ×" + up.factor();
            case Op.SpaceToDepth fold -> "space to depth " + Size.square(fold.block());
            case Op.Pad _ -> "padding";
            case Op.Crop crop -> "crop from " + crop.top() + ", " + crop.left();
            case Op.PadChannels pad -> "zero channels +" + (pad.before() + pad.after());
            case Op.Detection detection -> "detection: " + detection.kind();
        };
    }

    /// The kernel, stride, padding and dilation of a window, leaving out what is usual: `3×3 /2 pad 1`.
    static String window(Window window) {
        return window.kernel() + unless(Size.ONE, " /", window.stride()) + unless(Size.ZERO, " pad ", window.padding())
                + unless(Size.ONE, " dil ", window.dilation());
    }

    /// The window that an operation slides, where it has one.
    static Optional<Window> window(Op op) {
        return switch (op) {
            case Op.Conv conv -> Optional.of(conv.window());
            case Op.TransposedConv conv -> Optional.of(conv.window());
            case Op.TableConv conv -> Optional.of(conv.window());
            case Op.LocalConv conv -> Optional.of(conv.window());
            case Op.MaxPool pool -> Optional.of(pool.window());
            case Op.AvgPool pool -> Optional.of(pool.window());
            case Op.LpPool pool -> Optional.of(pool.window());
            case Op.Linear _ -> Optional.empty();
            case Op.BatchNorm _ -> Optional.empty();
            case Op.ChannelAffine _ -> Optional.empty();
            case Op.Weightless _ -> Optional.empty();
        };
    }

    private static String unless(Size usual, String prefix, Size size) {
        if (size.equals(usual)) return "";
        return prefix + (size.height() == size.width() ? size.height() : size.toString());
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.4g", value).replaceFirst("\\.?0+$", "");
    }
}
