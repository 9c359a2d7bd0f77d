package dev.striate.cli;

import dev.striate.torch.Device;
import dev.striate.vision.Inference;
import dev.striate.vision.classify.Classifier;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// The options that say where a trained model runs, and what runs it.
final class EngineOptions {
    @Option(names = "--engine", paramLabel = "E",
            description = "plan, compiled for the CPU (the default there), or torch, which also drives a GPU.")
    private Optional<Inference.Engine> engine;

    @Mixin
    private DeviceOptions device;

    Device start() {
        return device.start();
    }

    /// What is asked for to run the model, if anything is.
    Optional<Inference.Engine> chosen() {
        return engine;
    }

    Classifier open(Path model) {
        var started = device.start();
        return engine.map(chosen -> Classifier.open(model, started, chosen))
                .orElseGet(() -> Classifier.open(model, started));
    }
}
