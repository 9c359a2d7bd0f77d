package dev.striate.recipe;

/// The distribution that weights start from; [InitialValues] draws them.
///
/// A unit's fan-in is the number of values that it reads, its fan-out the number of units of the next layer that read it.
public sealed interface Initialisation {

    /// U(−b, b) with `b = √(6/(in + out))` (Glorot and Bengio 2010, eq. 16).
    record XavierUniform() implements Initialisation {}

    /// Normal with variance `2/(in + out)`.
    record XavierNormal() implements Initialisation {}

    /// Normal with variance `2/in` (He et al. 2015, "Delving Deep", eq. 10).
    record HeFanIn() implements Initialisation {}

    /// U(−√(6/in), √(6/in)), of the same variance `2/in`: Keras's `he_uniform`.
    record HeUniform() implements Initialisation {}

    /// Normal with variance `2/out` (eq. 14 there).
    record HeFanOut() implements Initialisation {}

    /// Normal with this standard deviation.
    record Gaussian(double deviation) implements Initialisation {
        public Gaussian {
            Expect.positive("The deviation of initial weights", deviation);
        }
    }

    /// Normal with this standard deviation, drawn again beyond twice it (so the variance is 0.774 of its square).
    record TruncatedNormal(double deviation) implements Initialisation {
        public TruncatedNormal {
            Expect.positive("The deviation of initial weights", deviation);
        }
    }

    /// LeNet-5's: U(−2.4/in, 2.4/in) (LeCun et al. 1998, "Gradient-Based Learning", appendix A). It belongs to their
    /// second-order rates: under plain SGD, LeNet-5 stays at chance for thousands of steps.
    record LeNetUniform() implements Initialisation {}

    /// U(−√(3/in), √(3/in)), of variance `1/in` (LeCun et al. 1998, "Efficient BackProp", §4.6).
    record LeCunUniform() implements Initialisation {}

    /// U(−1/√in, 1/√in): what PyTorch's layers start from.
    record TorchUniform() implements Initialisation {}

    /// Where biases start: at 0, or at PyTorch's U(−1/√in, 1/√in).
    enum Biases {
        ZERO,
        TORCH_UNIFORM
    }
}
