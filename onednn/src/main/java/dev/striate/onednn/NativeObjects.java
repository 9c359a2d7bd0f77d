package dev.striate.onednn;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.Pointer;

/// Native objects that live until this is closed, or, where nobody closes it, is unreachable.
public final class NativeObjects implements AutoCloseable {
    private final List<Pointer> kept = new ArrayList<>();

    /// Keeps an object beyond the scope in which it was made.
    public <P extends Pointer> P keep(P pointer) {
        pointer.retainReference();
        kept.add(pointer);
        return pointer;
    }

    @Override
    public void close() {
        for (var pointer : kept.reversed()) pointer.releaseReference();
        kept.clear();
    }
}
