package dev.striate.torch;

import org.bytedeco.pytorch.AutoGradMode;

/// Turns autograd's recording on or off on this thread until it is closed.
record GradMode(AutoGradMode guard) implements AutoCloseable {
    static GradMode on() {
        return new GradMode(new AutoGradMode(true));
    }

    static GradMode off() {
        return new GradMode(new AutoGradMode(false));
    }

    @Override
    public void close() {
        guard.deallocate();
    }
}
