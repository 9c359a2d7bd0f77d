package dev.striate.cli;

import dev.striate.vision.Inference;
import dev.striate.vision.InferencePrecision;
import dev.striate.vision.Running;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// The options that say where a trained model runs, what runs it, and in which numbers.
final class EngineOptions {
    @Option(names = "--engine", paramLabel = "E",
            description = "plan, compiled for the CPU (the default there), or torch, which also drives a GPU.")
    private Optional<Inference.Engine> engine;

    @Option(names = "--precision", paramLabel = "P", defaultValue = "auto",
            description = "What a plan computes in: float32, bf16, int8 (of a model that `quantise` made), or auto: what the model's file says, else float32. --verbose says what ran.")
    private InferencePrecision precision;

    @Mixin
    private DeviceOptions device;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    /// How a model is to run; `--verbose` says it, and so does a processor that has not what was asked for.
    Running running(Path model) {
        var running = new Running(device.start(), engine, precision);
        var verbose = command.commandLine().getParseResult().hasMatchedOption(Output.VERBOSE);
        if (!verbose && !running.mayFallBack()) return running;
        var file = ModelParameter.read(model);
        if (verbose || running.fallsBack(file)) {
            command.commandLine().getErr().println(file.network().name() + " runs on " + running.words(file) + ".");
        }
        return running;
    }
}
