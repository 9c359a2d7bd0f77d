package dev.striate.plan;

import dev.striate.graph.Op;
import java.util.Arrays;

/// What a step computes.
sealed interface Computation {
    /// A computation with weights, into which what follows can be folded.
    sealed interface Weighted extends Computation {
        FoldedWeights weights();

        Weighted with(FoldedWeights weights);
    }

    record Convolution(FoldedWeights weights, Geometry geometry) implements Weighted {
        @Override
        public Convolution with(FoldedWeights weights) {
            return new Convolution(weights, geometry);
        }
    }

    record Deconvolution(FoldedWeights weights, Geometry geometry) implements Weighted {
        @Override
        public Deconvolution with(FoldedWeights weights) {
            return new Deconvolution(weights, geometry);
        }
    }

    /// A matrix product with the input read as a vector, channels × height × width.
    record Product(FoldedWeights weights) implements Weighted {
        @Override
        public Product with(FoldedWeights weights) {
            return new Product(weights);
        }
    }

    record Pooling(Reduction reduction, Geometry geometry) implements Computation {}

    enum Reduction {
        MAXIMUM,
        AVERAGE_WITH_PADDING,
        AVERAGE_WITHOUT_PADDING
    }

    /// `scale · x + shift` for each channel.
    record ChannelScale(float[] scale, float[] shift) implements Computation {
        /// The same number for each channel.
        static float[] uniform(int channels, float value) {
            var values = new float[channels];
            Arrays.fill(values, value);
            return values;
        }
    }

    /// Nothing but the step's posts.
    record Pointwise() implements Computation {}

    record Addition() implements Computation {}

    record Concatenation() implements Computation {}

    record LocalNormalisation(Op.LocalResponseNorm norm) implements Computation {}

    record Softmax() implements Computation {}

    /// Surrounds rows, columns and channels with a constant.
    record Pad(int channels, int top, int left, float value) implements Computation {}

    /// Channels from `from` on.
    record Slice(int from) implements Computation {}

    /// The rows and columns of the result from here on.
    record Window(int top, int left) implements Computation {}

    /// Channels × height × width as one vector.
    record Flattening() implements Computation {}

    /// Looks at its input, one picture after another, channels × height × width; gives nothing.
    record Probe(JavaLoop loop) implements Computation {}

    /// What oneDNN lacks, in Java.
    record Looped(JavaLoop loop) implements Computation {}
}
