package dev.striate.vision;

import dev.striate.graph.Network;
import dev.striate.graph.Outputs;
import dev.striate.torch.Model;
import java.lang.foreign.MemorySegment;

/// A part of a model's network, on libtorch; the model is another's to close.
record ModelPart(Model model, Model.Part prepared) implements Inference {
    static ModelPart of(Model model, Network part) {
        return new ModelPart(model, model.part(part));
    }

    @Override
    public Outputs run(MemorySegment pixels, int n) {
        return prepared.predict(pixels, n);
    }

    @Override
    public Inference part(Network part, int batch) {
        return of(model, part);
    }

    @Override
    public void close() {}
}
