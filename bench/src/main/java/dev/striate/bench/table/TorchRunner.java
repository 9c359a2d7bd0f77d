package dev.striate.bench.table;

import dev.striate.recipe.Precision;
import dev.striate.torch.Device;
import dev.striate.torch.Libtorch;
import dev.striate.torch.Model;
import dev.striate.weights.ModelFile;
import java.lang.foreign.MemorySegment;
import java.util.List;

/// Ours on libtorch.
final class TorchRunner implements Runner {
    private final Model model;
    private final MemorySegment pixels;
    private final int batch;

    TorchRunner(WorkItem task) {
        Libtorch.threads(task.threads());
        var file = ModelFile.read(task.model());
        model = Model.of(file.network(), file.tensors(), Device.CPU, Precision.FLOAT32);
        pixels = Pixels.read(task.pixels());
        batch = task.batch();
    }

    @Override
    public List<float[]> run() {
        return List.copyOf(model.predict(pixels, batch).values().values());
    }

    @Override
    public String version() {
        return TorchStep.VERSION;
    }

    @Override
    public void close() {
        model.close();
    }
}
