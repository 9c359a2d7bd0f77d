package dev.striate.plan;

/// What is done to a step's result before it is written.
sealed interface PostOp {
    /// Addition of another value of the same shape.
    record Residual(int value) implements PostOp {}

    /// A function of each value by itself.
    record Curve(Kind kind, float alpha, float beta) implements PostOp {
        static final Curve RELU = new Curve(Kind.RELU, 0, 0);
        static final Curve SIGMOID = new Curve(Kind.SIGMOID, 0, 0);
        static final Curve TANH = new Curve(Kind.TANH, 0, 0);

        static Curve scale(double factor) {
            return new Curve(Kind.LINEAR, (float) factor, 0);
        }

        static Curve leaky(double slope) {
            return new Curve(Kind.RELU, (float) slope, 0);
        }
    }

    /// `RELU` multiplies what is below zero by α; `LINEAR` is αx + β.
    enum Kind {
        RELU,
        SIGMOID,
        TANH,
        LINEAR
    }
}
