package dev.striate.zoo;

import static dev.striate.graph.Options.noBias;

import dev.striate.graph.Layer;
import dev.striate.graph.Options.ConvOption;
import dev.striate.graph.Size;
import java.util.Arrays;

/// A convolution together with the normalisation and activation that its family puts behind it.
///
/// With an ε above zero: `NAME.conv` without bias and batch normalisation `NAME.bn`, as torchvision and timm name them;
/// with zero: `NAME` with bias. Then a ReLU, leaky where the slope is not zero.
record ConvUnit(double epsilon, double slope) {

    /// Convolution with bias, ReLU.
    static ConvUnit plain() {
        return new ConvUnit(0, 0);
    }

    /// Convolution, batch normalisation, ReLU.
    static ConvUnit normalised(double epsilon) {
        return new ConvUnit(epsilon, 0);
    }

    /// Convolution, batch normalisation, leaky ReLU: Darknet's.
    static ConvUnit leaky(double slope) {
        return new ConvUnit(1e-5, slope);
    }

    Layer conv(Layer x, String name, int filters, Size kernel, ConvOption... options) {
        var y = epsilon == 0 ? x.at(name).conv(filters, kernel, options)
                : normalised(x, name, filters, kernel, options);
        return slope == 0 ? y.relu() : y.leakyRelu(slope);
    }

    private Layer normalised(Layer x, String name, int filters, Size kernel, ConvOption... options) {
        var withoutBias = Arrays.copyOf(options, options.length + 1);
        withoutBias[options.length] = noBias();
        return x.at(name + ".conv").conv(filters, kernel, withoutBias).at(name + ".bn").batchNorm(epsilon);
    }
}
