package dev.striate.torch;

import org.bytedeco.pytorch.AutoGradMode;

/// Turns autograd's recording on or off on this thread until it is closed.
record Recording(AutoGradMode guard) implements AutoCloseable {
    static Recording on() {
        return new Recording(new AutoGradMode(true));
    }

    static Recording off() {
        return new Recording(new AutoGradMode(false));
    }

    @Override
    public void close() {
        guard.deallocate();
    }
}
