package dev.striate.bench;

import dev.striate.data.set.DataSets;
import dev.striate.measure.Goal;
import dev.striate.recipe.Augmentation;
import dev.striate.recipe.Averaging;
import dev.striate.recipe.Optimizer;
import dev.striate.recipe.Recipes;
import dev.striate.recipe.Schedule;
import dev.striate.recipe.TrainingLength;
import dev.striate.torch.Device;
import dev.striate.vision.tasks.Tasks;
import dev.striate.vision.train.Event;
import dev.striate.vision.train.Limits;
import dev.striate.vision.train.Run;
import dev.striate.vision.train.Training;
import dev.striate.weights.SafeTensors;
import dev.striate.zoo.Zoo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/// Kills a training at random moments with SIGKILL, resumes it each time, and compares all its weights and the
/// optimiser's state, bit for bit, with those of a training that nobody touched.
///
/// Arguments: a data set of class folders, MNIST's files or a known name; an empty folder; the number of kills.
public final class KillAndResume {
    private static final String CHECKPOINT = "checkpoint.safetensors";
    private static final String TRAIN = "train";
    private static final int PICTURES = 256;

    private KillAndResume() {}

    public static void main(String[] arguments) throws Exception {
        var folder = Path.of(arguments[1]);
        if (arguments.length > 2 && arguments[2].equals(TRAIN)) {
            train(arguments[0], folder);
            return;
        }
        var kills = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 20;
        var whole = folder.resolve("whole");
        var started = System.nanoTime();
        expectSuccess(start(arguments[0], whole));
        System.out.printf("uninterrupted: %.1f s%n", (System.nanoTime() - started) / 1e9);
        var killed = folder.resolve("killed");
        var random = new Random(1);
        var done = 0;
        while (done < kills && killedAtARandomMoment(arguments[0], killed, random)) done++;
        expectSuccess(start(arguments[0], killed));
        System.out.println(done + " kills; " + compare(whole.resolve(CHECKPOINT), killed.resolve(CHECKPOINT)));
    }

    private static void train(String data, Path folder) {
        var splits = DataSets.open(data).limit(PICTURES);
        var recipe = Recipes.recipe("quick").withAugmentations(List.of(new Augmentation.PadCrop(2),
                Augmentation.horizontalFlip()));
        recipe = recipe.withDescent(recipe.descent().withOptimizer(Optimizer.nesterov(0.9)).withRate(0.05)
                .withAveraging(new Averaging.Exponential(0.99, true)))
                .withPace(recipe.pace().withBatch(32).withLength(TrainingLength.epochs(12))
                        .withSchedule(new Schedule.Plateau(0.5, 0, 0.01, Goal.LOWER)));
        var run = Tasks
                .run(Zoo.entry("resnet20").network(Zoo.entry("resnet20").input(), splits.train().classes().size()),
                        splits, data, recipe)
                .withLimits(Limits.NONE.withCheckpointSeconds(0.2));
        Tasks.training(run, splits, folder, Device.CPU, Event.Listener.none()).run();
    }

    private static Process start(String data, Path folder) throws IOException {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return new ProcessBuilder(java, "--enable-native-access=ALL-UNNAMED", "-cp",
                System.getProperty("java.class.path"), KillAndResume.class.getName(), data, folder.toString(), TRAIN)
                .inheritIO().start();
    }

    private static void expectSuccess(Process process) throws InterruptedException {
        if (process.waitFor() != 0) throw new IllegalStateException("The training failed.");
    }

    /// Kills up to 3 s after the start, whatever goes on then, or up to 0.3 s after a new checkpoint, by turns; false where
    /// the training was faster.
    private static boolean killedAtARandomMoment(String data, Path folder, Random random) throws Exception {
        var file = folder.resolve(CHECKPOINT).toFile();
        var before = file.lastModified();
        var process = start(data, folder);
        var afterACheckpoint = random.nextBoolean();
        while (afterACheckpoint && process.isAlive() && file.lastModified() == before) Thread.sleep(1);
        var ended = process.waitFor(random.nextInt(afterACheckpoint ? 300 : 3000), TimeUnit.MILLISECONDS);
        process.destroyForcibly().waitFor();
        return !ended;
    }

    private static String compare(Path first, Path second) throws IOException {
        var a = SafeTensors.read(first).tensors();
        var b = SafeTensors.read(second).tensors();
        var different = a.keySet().stream().filter(name -> a.get(name).bytes().mismatch(b.get(name).bytes()) >= 0)
                .toList();
        var same = different.isEmpty() && a.keySet().equals(b.keySet());
        return (same ? "all " : "NOT all ") + a.size() + " tensors equal, bit for bit"
                + (same ? "" : "; different: " + different) + " (" + Files.size(first) / 1024 + " KiB).";
    }
}
