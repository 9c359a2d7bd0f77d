package dev.striate.bench.table;

import dev.striate.recipe.Objective;
import dev.striate.recipe.Precision;
import dev.striate.recipe.Recipes;
import dev.striate.target.Target;
import dev.striate.torch.Device;
import dev.striate.torch.Libtorch;
import dev.striate.torch.Model;
import dev.striate.torch.Trainer;
import dev.striate.weights.ModelFile;
import dev.striate.yolo.YoloHeads;
import java.lang.foreign.MemorySegment;
import java.util.List;

/// Our training step on libtorch, by ResNet's recipe, a detector's with its own loss: SGD with momentum.
final class TorchStep implements Runner {
    static final double RATE = 1e-3;
    /// With which made-up objects do not let a detector's values grow without bound.
    private static final double SMALL_RATE = 1e-6;
    static final String VERSION = "libtorch " + Versions.of("org.bytedeco", "pytorch");

    private final Model model;
    private final Trainer trainer;
    private final MemorySegment pixels;
    private final List<Target> targets;
    private final double rate;

    TorchStep(WorkItem task, Precision precision) {
        Libtorch.threads(task.threads());
        var file = ModelFile.read(task.model());
        model = Model.of(file.network(), file.tensors(), Device.CPU, precision);
        var detects = YoloHeads.areIn(file.network());
        var recipe = Recipes.recipe("resnet");
        trainer = new Trainer(model, detects ? recipe.withObjective(new Objective.Yolo()) : recipe);
        rate = detects ? SMALL_RATE : RATE;
        pixels = Pixels.read(task.pixels());
        targets = detects ? Pixels.objects(file.network().input().size(), task.batch())
                : Target.Label.of(Pixels.labels(task.batch()));
    }

    @Override
    public List<float[]> run() {
        trainer.step(pixels, targets, rate);
        return List.of();
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
