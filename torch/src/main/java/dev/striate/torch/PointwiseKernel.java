package dev.striate.torch;

/// A function of single values that is known to backward by its output: it may work in place, and is cheap to compute again.
interface PointwiseKernel extends Kernel {
    @Override
    default boolean readsOutput() {
        return true;
    }

    @Override
    default boolean canOverwrite() {
        return true;
    }

    @Override
    default boolean cheap() {
        return true;
    }
}
