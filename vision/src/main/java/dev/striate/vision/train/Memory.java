package dev.striate.vision.train;

import com.sun.management.OperatingSystemMXBean;
import dev.striate.StriateException;
import dev.striate.graph.Costs;
import dev.striate.graph.Network;
import dev.striate.recipe.Averaging;
import dev.striate.recipe.Objective;
import dev.striate.recipe.Recipe;
import dev.striate.region.RegionDetector;
import dev.striate.text.Amounts;
import dev.striate.torch.Device;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/// Predicts a training step's memory from the network, and compares it with what is free.
///
/// The prediction is that of [Costs] with the batches that are loaded ahead; convolutions' scratch space is not in it.
public final class Memory {
    private static final Path LINUX = Path.of("/proc/meminfo");
    private static final int BATCHES_AHEAD = 4;
    /// What a batch chosen by itself may take of the free memory: the prediction leaves out scratch space and Java's heap,
    /// and others on the machine need more at times.
    private static final double SHARE = 0.7;

    private Memory() {}

    /// The bytes that training needs with this many pictures in a batch, at the largest size that its recipe draws.
    public static long needed(Run run, int batch) {
        var descent = run.recipe().descent();
        var averages = descent.averaging() instanceof Averaging.Unaveraged ? 0 : 1;
        var own = run.network().input();
        var largest = run.network().withInput(own.withSize(run.recipe().pace().sizes().largest(own.size())));
        var loaded = BATCHES_AHEAD * batch * largest.input().elements() * Float.BYTES;
        return trainingBytes(run.recipe(), largest, batch, descent.optimizer().states().size() + averages) + loaded;
    }

    /// The head of a detector with regions sees many of each picture.
    private static long trainingBytes(Recipe recipe, Network network, int batch, int states) {
        if (!(recipe.objective() instanceof Objective.Regions(var training)) || !RegionDetector.isIn(network)) {
            return Costs.of(network).trainingBytes(batch, states);
        }
        var detector = RegionDetector.of(network);
        return Costs.of(detector.features()).trainingBytes(batch, states)
                + Costs.of(detector.head()).trainingBytes(batch * training.regions().count(), states);
    }

    /// The bytes that a process may still take on this device; empty where that is not known.
    public static OptionalLong available(Device device) {
        if (device.kind() != Device.Kind.CPU) return OptionalLong.empty();
        var machine = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        return OptionalLong.of(Math.min(linuxAvailable(machine.getFreeMemorySize()), machine.getTotalMemorySize()));
    }

    /// Linux counts what its caches would give back.
    private static long linuxAvailable(long otherwise) {
        if (!Files.isReadable(LINUX)) return otherwise;
        try (var lines = Files.lines(LINUX)) {
            return lines.filter(line -> line.startsWith("MemAvailable:"))
                    .mapToLong(line -> 1024 * Long.parseLong(line.replaceAll("\\D", ""))).findFirst().orElse(otherwise);
        } catch (IOException _) {
            return otherwise;
        }
    }

    /// Refuses a run whose batch does not fit into so many bytes, with the batch that does.
    static void check(Run run, long available) {
        var batch = run.recipe().pace().batch();
        var needed = needed(run, batch);
        if (needed <= available) return;
        var fitting = fittingBatch(run, available);
        throw StriateException.machine("Training " + run.network().name() + " with batches of " + batch
                + " pictures is predicted to need " + Amounts.gigabytes(needed) + " of memory, and "
                + Amounts.gigabytes(available)
                + " are free; " + (fitting == 0 ? "even a single picture does not fit."
                        : "batches of " + fitting + " fit (" + run.recipe().pace().picturesPerStep() / fitting
                                + " of them accumulated make the same step)."));
    }

    /// The run with its batch, as often halved as it takes to fit into a part of the free memory, and as many more batches to a step.
    public static Run fitting(Run run, Device device) {
        var available = available(device);
        if (available.isEmpty()) return run;
        var batch = fittingBatch(run, (long) (SHARE * available.getAsLong()));
        if (batch == 0) check(run, (long) (SHARE * available.getAsLong()));
        var pace = run.recipe().pace();
        return batch == pace.batch() ? run
                : run.withRecipe(run.recipe().withPace(pace.withBatch(batch)
                        .withAccumulation(pace.picturesPerStep() / batch)));
    }

    /// The recipe's batch or the largest of its halves, quarters and so on that fits; 0 where not even one picture does.
    static int fittingBatch(Run run, long available) {
        var batch = run.recipe().pace().batch();
        while (needed(run, batch) > available) {
            if (batch % 2 != 0) return needed(run, 1) <= available ? 1 : 0;
            batch /= 2;
        }
        return batch;
    }
}
