package dev.striate.vision;

import dev.striate.graph.Network;
import dev.striate.graph.Outputs;
import dev.striate.torch.Model;
import java.lang.foreign.MemorySegment;

/// A part of a model's network, on libtorch; the model is another's to close.
record ModelPart(Model model, Network part) implements Inference {
    @Override
    public Outputs run(MemorySegment pixels, int n) {
        return model.predict(part, pixels, n);
    }

    @Override
    public Inference part(Network part, int batch) {
        return new ModelPart(model, part);
    }

    @Override
    public void close() {}
}
