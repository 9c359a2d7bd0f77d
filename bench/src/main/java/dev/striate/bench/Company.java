package dev.striate.bench;

import dev.striate.graph.Network;
import dev.striate.plan.Plan;
import dev.striate.plan.PlanOptions;
import dev.striate.random.RandomStream;
import dev.striate.recipe.Precision;
import dev.striate.recipe.Recipes;
import dev.striate.target.Target;
import dev.striate.torch.Device;
import dev.striate.torch.Model;
import dev.striate.torch.Trainer;
import dev.striate.weights.TensorData;
import dev.striate.zoo.Zoo;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/// How fast a program is alone on this machine and beside a second of its kind: `train` or `predict`, a network, a batch,
/// how many rounds, and what to put before the command, such as `taskset -c 0`.
public final class Company {
    private static final long WARM_UP_NANOS = 4_000_000_000L;
    private static final long NANOS = 6_000_000_000L;
    private static final double RATE = 1e-4;

    private Company() {}

    public static void main(String[] args) {
        if (args[0].equals("one")) {
            System.out.printf(Locale.ROOT, "%.1f%n", one(args[1], args[2], Integer.parseInt(args[3])));
            return;
        }
        var prefix = List.of(args).subList(4, args.length);
        var work = List.of(args).subList(0, 3);
        for (var round = 0; round < Integer.parseInt(args[3]); round++) {
            var alone = together(1, work, prefix).getFirst();
            var both = together(2, work, prefix);
            System.out.printf(Locale.ROOT, "alone %.1f pictures/s, two at once %.1f and %.1f: %.2f and %.2f of it%n",
                    alone,
                    both.get(0), both.get(1), both.get(0) / alone, both.get(1) / alone);
        }
    }

    /// Pictures a second of each of several processes that begin together.
    private static List<Double> together(int count, List<String> work, List<String> prefix) {
        var command = new ArrayList<>(prefix);
        command.addAll(
                List.of(System.getProperty("java.home") + "/bin/java", "--enable-native-access=ALL-UNNAMED", "-cp",
                        System.getProperty("java.class.path"), Company.class.getName(), "one"));
        command.addAll(work);
        var processes = IntStream.range(0, count).mapToObj(_ -> start(command)).toList();
        return processes.stream().map(Company::answer).toList();
    }

    private static Process start(List<String> command) {
        try {
            return new ProcessBuilder(command).redirectError(Redirect.INHERIT).start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static double answer(Process process) {
        try (var reader = process.inputReader()) {
            return Double.parseDouble(reader.readLine());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static double one(String what, String name, int batch) {
        var network = Zoo.network(name);
        var pixels = noise(network, batch);
        return what.equals("train") ? train(network, pixels, batch) : predict(network, pixels, batch);
    }

    private static double train(Network network, MemorySegment pixels, int batch) {
        var labels = Target.Label.of(IntStream.range(0, batch).map(i -> i % 10).toArray());
        var recipe = Recipes.recipe("resnet");
        try (var model = Model.fresh(network, recipe.start(), Device.CPU, Precision.FLOAT32);
                var trainer = new Trainer(model, recipe)) {
            return speed(batch, () -> trainer.step(pixels, labels, RATE));
        }
    }

    private static double predict(Network network, MemorySegment pixels, int batch) {
        Map<String, TensorData> weights;
        try (var model = Model.fresh(network, Recipes.recipe("resnet").start(), Device.CPU, Precision.FLOAT32)) {
            weights = model.tensors();
        }
        try (var plan = Plan.compile(network, weights, batch, PlanOptions.DEFAULT)) {
            var outputs = new float[Math.toIntExact(batch * plan.outputs().firstEntry().getValue().elements())];
            return speed(batch, () -> plan.run(pixels, batch, outputs));
        }
    }

    private static double speed(int batch, Runnable run) {
        repeat(WARM_UP_NANOS, run);
        var start = System.nanoTime();
        var runs = repeat(NANOS, run);
        return batch * runs * 1e9 / (System.nanoTime() - start);
    }

    private static long repeat(long nanos, Runnable run) {
        var start = System.nanoTime();
        var runs = 0L;
        for (; System.nanoTime() - start < nanos; runs++) run.run();
        return runs;
    }

    private static MemorySegment noise(Network network, int n) {
        var count = n * network.input().elements();
        var pixels = Arena.ofAuto().allocate(count * Float.BYTES, 64);
        var stream = RandomStream.of(1);
        for (var i = 0L; i < count; i++) pixels.setAtIndex(ValueLayout.JAVA_FLOAT, i, (float) stream.normal(i));
        return pixels;
    }
}
