package dev.striate.bench.table;

import dev.striate.recipe.Precision;
import dev.striate.recipe.Recipes;
import dev.striate.target.Target;
import dev.striate.torch.Device;
import dev.striate.torch.Libtorch;
import dev.striate.torch.Model;
import dev.striate.torch.Trainer;
import dev.striate.weights.ModelFile;
import java.lang.foreign.MemorySegment;
import java.util.List;

/// Our training step on libtorch, by ResNet's recipe: SGD with momentum.
final class TorchStep implements Runner {
    static final double RATE = 1e-3;
    static final String VERSION = "libtorch " + Versions.of("org.bytedeco", "pytorch");

    private final Model model;
    private final Trainer trainer;
    private final MemorySegment pixels;
    private final List<Target> labels;

    TorchStep(WorkItem task) {
        Libtorch.threads(task.threads());
        var file = ModelFile.read(task.model());
        model = Model.of(file.network(), file.tensors(), Device.CPU, Precision.FLOAT32);
        trainer = new Trainer(model, Recipes.recipe("resnet"));
        pixels = Pixels.read(task.pixels());
        labels = Target.Label.of(Pixels.labels(task.batch()));
    }

    @Override
    public float[] run() {
        trainer.step(pixels, labels, RATE);
        return new float[0];
    }

    @Override
    public String version() {
        return VERSION;
    }

    @Override
    public void close() {
        trainer.close();
        model.close();
    }
}
