package dev.striate.bench.table;

import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.Trainer;
import ai.djl.training.loss.Loss;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;
import dev.striate.weights.ModelFile;
import java.util.List;

/// DJL's training step: softmax and cross entropy, SGD with momentum.
final class DjlStep implements Runner {
    private final Model model;
    private final Trainer trainer;
    private final Loss loss = Loss.softmaxCrossEntropyLoss();
    private final NDArray pixels;
    private final NDArray labels;

    DjlStep(WorkItem task) {
        var file = ModelFile.read(task.model());
        model = DjlRunner.open(file, task.batch());
        trainer = model.newTrainer(new DefaultTrainingConfig(loss).optOptimizer(Optimizer.sgd()
                .setLearningRateTracker(Tracker.fixed((float) TorchStep.RATE))
                .optMomentum(0.9f).optWeightDecays(1e-4f).build()));
        trainer.initialize(DjlRunner.shape(file, task.batch()));
        pixels = trainer.getManager().create(
                Pixels.channelsFirst(Pixels.read(task.pixels()), file.network().input(), task.batch()),
                DjlRunner.shape(file, task.batch()));
        labels = trainer.getManager().create(Pixels.labels(task.batch()));
    }

    @Override
    public List<float[]> run() {
        try (var scope = trainer.getManager().newSubManager()) {
            pixels.attach(scope);
            labels.attach(scope);
            try (var collector = trainer.newGradientCollector()) {
                var outputs = trainer.forward(new NDList(pixels));
                var value = loss.evaluate(new NDList(labels), outputs);
                collector.backward(value);
            }
            trainer.step();
            pixels.attach(trainer.getManager());
            labels.attach(trainer.getManager());
        }
        return List.of();
    }

    @Override
    public String version() {
        return DjlRunner.engineVersion();
    }

    @Override
    public void close() {
        trainer.close();
        model.close();
    }
}
