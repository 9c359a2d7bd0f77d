package dev.striate.bench;

import dev.striate.data.augment.Augmentations;
import dev.striate.data.batch.Loader;
import dev.striate.data.batch.Loading;
import dev.striate.data.batch.Preparation;
import dev.striate.data.set.DataSets;
import dev.striate.graph.Network;
import dev.striate.graph.Shape;
import dev.striate.random.RandomStream;
import dev.striate.recipe.Precision;
import dev.striate.recipe.Preprocessing;
import dev.striate.recipe.Recipe;
import dev.striate.recipe.Recipes;
import dev.striate.target.Target;
import dev.striate.torch.Device;
import dev.striate.torch.Model;
import dev.striate.torch.Trainer;
import dev.striate.zoo.Zoo;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.stream.IntStream;

/// Pictures per second of a training step: forward, loss, backward, update. `TrainingStep NETWORK BATCH ROUNDS [DATA]`
///
/// On one batch of noise that stays the same or, with DATA, on its pictures, loaded and augmented meanwhile.
public final class TrainingStep {
    private static final int WARM_UP = 3;
    private static final double RATE = 1e-3;

    private TrainingStep() {}

    public static void main(String[] args) {
        var network = Zoo.network(args[0]);
        var batch = Integer.parseInt(args[1]);
        var rounds = Integer.parseInt(args[2]);
        var recipe = Recipes.forNetwork(args[0], network.input().size());
        try (var model = Model.fresh(network, recipe.start(), Device.of("auto"), Precision.FLOAT32);
                var trainer = new Trainer(model, recipe)) {
            var nanos = args.length > 3 ? loaded(trainer, network, recipe, args[3], batch, rounds)
                    : bare(trainer, network.input(), batch, rounds);
            Arrays.sort(nanos);
            System.out.printf("%.1f pictures/s%n", batch * 1e9 / nanos[rounds / 2]);
        }
    }

    private static long[] bare(Trainer trainer, Shape shape, int batch, int rounds) {
        try (var arena = Arena.ofConfined()) {
            var pixels = noise(arena, shape, batch);
            var labels = Target.Label.of(IntStream.range(0, batch).map(i -> i % 10).toArray());
            return timed(rounds, () -> trainer.step(pixels, labels, RATE));
        }
    }

    private static long[] loaded(Trainer trainer, Network network, Recipe recipe, String data, int batch, int rounds) {
        var preparation = new Preparation(Preprocessing.plain(network.input(), new Preprocessing.Stretch()));
        var augmentations = Augmentations.of(recipe.augmentations(), preparation);
        var pictures = DataSets.open(data).train();
        try (var loader = Loader.of(pictures, preparation, augmentations, Loading.training(batch, 0))) {
            return timed(rounds, () -> {
                try (var ready = loader.next()) {
                    trainer.step(ready.pixels(), ready.targets(), RATE);
                }
            });
        }
    }

    private static long[] timed(int rounds, Runnable step) {
        var nanos = new long[rounds];
        for (var i = -WARM_UP; i < rounds; i++) {
            var start = System.nanoTime();
            step.run();
            if (i >= 0) nanos[i] = System.nanoTime() - start;
        }
        return nanos;
    }

    private static MemorySegment noise(Arena arena, Shape shape, int batch) {
        var count = batch * shape.elements();
        var pixels = arena.allocate(count * Float.BYTES, 64);
        var stream = RandomStream.of(1);
        for (var i = 0L; i < count; i++) {
            pixels.setAtIndex(ValueLayout.JAVA_FLOAT, i, (float) stream.normal(i));
        }
        return pixels;
    }
}
