package dev.striate.torch;

import dev.striate.StriateException;
import org.bytedeco.pytorch.Tensor;

/// Where a detector is cut in two: a pass through the whole of it cannot be, since nobody says here which regions.
record RegionBoundary() implements Kernel {
    @Override
    public Tensor forward(NodeContext node) {
        throw StriateException.network("A detector's halves before and behind its regions run one at a time; received "
                + "a pass through both.");
    }

    @Override
    public void backward(NodeContext node) {
        throw new IllegalStateException("No pass has come this far");
    }
}
