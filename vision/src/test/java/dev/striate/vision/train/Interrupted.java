package dev.striate.vision.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.striate.data.set.Splits;
import dev.striate.torch.Device;
import dev.striate.vision.tasks.Tasks;
import dev.striate.weights.TensorData;
import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// Trainings that are stopped or killed, and what their folders then hold.
final class Interrupted {
    private Interrupted() {}

    /// Trains from the folder's last checkpoint, saving after each step, and stops after so many of them.
    static void train(Run run, Splits splits, Path folder, int steps) {
        var stop = new StopAfter(steps);
        var each = run.withLimits(run.limits().withCheckpointSeconds(0));
        stop.training = Tasks.training(each, splits, folder, Device.CPU, stop);
        stop.training.run();
    }

    /// With a checkpoint after each step, the events of saving count the steps.
    private static final class StopAfter implements Event.Listener {
        private Training training;
        private int left;

        StopAfter(int steps) {
            left = steps;
        }

        @Override
        public void on(Event event) {
            if (event instanceof Event.Saved && --left == 0) training.stop();
        }
    }

    /// A process of its own that executes a main method of the tests.
    static Process process(Class<?> main, String... arguments) throws IOException {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var line = Stream.concat(Stream.of(java, "--enable-native-access=ALL-UNNAMED", "-XX:+UseSerialGC", "-cp",
                System.getProperty("java.class.path"), main.getName()), Stream.of(arguments)).toList();
        return new ProcessBuilder(line).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    /// Lets a process write a few checkpoints, and kills it a moment later; false where it ended first.
    static boolean killed(Process process, Path folder, int checkpoints, int millis) throws Exception {
        try {
            for (var i = 0; i < checkpoints; i++) {
                for (var before = changed(folder); changed(folder) == before && process.isAlive();) Thread.sleep(1);
            }
            return !process.waitFor(millis, TimeUnit.MILLISECONDS);
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    private static long changed(Path folder) {
        return Checkpoint.file(folder).toFile().lastModified();
    }

    /// Every weight and every value of the optimiser, bit for bit, and the schedule's state.
    static Map<String, byte[]> state(Path folder) {
        var checkpoint = Checkpoint.latest(folder, _ -> {}).orElseThrow();
        var state = new LinkedHashMap<String, byte[]>();
        checkpoint.parameters().forEach((name, tensor) -> state.put(name, bytes(tensor)));
        checkpoint.optimizer().forEach((name, tensor) -> state.put("optimizer/" + name, bytes(tensor)));
        state.put("plateau", checkpoint.place().plateau().toString().getBytes(StandardCharsets.UTF_8));
        return state;
    }

    private static byte[] bytes(TensorData tensor) {
        return tensor.bytes().toArray(ValueLayout.JAVA_BYTE);
    }

    static void assertSame(Map<String, byte[]> actual, Map<String, byte[]> expected, String when) {
        assertThat(actual.keySet()).isEqualTo(expected.keySet());
        expected.forEach((name, bytes) -> assertThat(actual.get(name)).as(name + ", " + when).isEqualTo(bytes));
    }
}
