package dev.striate.cli;

import dev.striate.torch.Device;
import dev.striate.torch.Libtorch;
import java.util.Optional;
import picocli.CommandLine.Option;

/// The options that say where to compute.
final class DeviceOptions {
    @Option(names = "--device", paramLabel = "D", defaultValue = "auto",
            description = "cpu, cuda, cuda:N, or auto (the default): a CUDA device where there is one.")
    private String device;

    @Option(names = "--threads", paramLabel = "N", description = "Threads on the CPU; otherwise one for each core.")
    private Optional<Integer> threads;

    /// Loads libtorch and gives the device.
    Device start() {
        threads.ifPresent(Libtorch::threads);
        return Device.of(device);
    }
}
