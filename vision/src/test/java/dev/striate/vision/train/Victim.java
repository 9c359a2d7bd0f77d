package dev.striate.vision.train;

import dev.striate.torch.Device;
import dev.striate.vision.tasks.Tasks;
import java.nio.file.Path;

/// A training in a process of its own, for killing: arguments are the pictures, the run's folder and the epochs.
final class Victim {
    private Victim() {}

    public static void main(String[] arguments) {
        var data = Path.of(arguments[0]);
        var splits = Sample.open(data);
        var run = Sample.run(splits, data, Integer.parseInt(arguments[2]))
                .withLimits(Limits.NONE.withCheckpointSeconds(0));
        Tasks.training(run, splits, Path.of(arguments[1]), Device.CPU, Event.Listener.none()).run();
    }
}
