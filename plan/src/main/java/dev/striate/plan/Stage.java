package dev.striate.plan;

import dev.striate.graph.Op;

/// What a step computes.
sealed interface Stage {
    /// A stage with weights, into which what follows can be folded.
    sealed interface Weighted extends Stage {
        Weights weights();

        Weighted with(Weights weights);
    }

    record Convolution(Weights weights, Geometry geometry) implements Weighted {
        @Override
        public Convolution with(Weights weights) {
            return new Convolution(weights, geometry);
        }
    }

    record Deconvolution(Weights weights, Geometry geometry) implements Weighted {
        @Override
        public Deconvolution with(Weights weights) {
            return new Deconvolution(weights, geometry);
        }
    }

    /// A matrix product with the input read as a vector, channels × height × width.
    record Product(Weights weights) implements Weighted {
        @Override
        public Product with(Weights weights) {
            return new Product(weights);
        }
    }

    record Pooling(Reduction reduction, Geometry geometry) implements Stage {}

    enum Reduction {
        MAXIMUM,
        AVERAGE_WITH_PADDING,
        AVERAGE_WITHOUT_PADDING
    }

    /// `scale · x + shift` for each channel.
    record ChannelScale(float[] scale, float[] shift) implements Stage {}

    /// Nothing but the step's posts.
    record Pointwise() implements Stage {}

    record Addition() implements Stage {}

    record Concatenation() implements Stage {}

    record LocalNormalisation(Op.LocalResponseNorm norm) implements Stage {}

    record Softmax() implements Stage {}

    /// Surrounds rows, columns and channels with a constant.
    record Framing(int channels, int top, int left, float value) implements Stage {}

    /// Channels from `from` on.
    record Cut(int from) implements Stage {}

    /// The rows and columns of the result from here on.
    record Window(int top, int left) implements Stage {}

    /// Channels × height × width as one vector.
    record Flattening() implements Stage {}

    /// Looks at its input, one picture after another, channels × height × width; gives nothing.
    record Observation(Loop loop) implements Stage {}

    /// What oneDNN lacks, in Java.
    record Looped(Loop loop) implements Stage {}
}
