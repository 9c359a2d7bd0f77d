package dev.striate.cli;

import dev.striate.plan.Calibration;
import picocli.CommandLine.Option;

/// The options that say how the ranges of 8-bit values are found.
final class CalibrationOptions {
    @Option(names = "--pictures", paramLabel = "N", defaultValue = "32",
            description = "Calibrate on N pictures; 32 by default.")
    private int pictures;

    @Option(names = "--most", paramLabel = "L", defaultValue = "0.02",
            description = "Keep a layer in float32 that alone changes the output by more than this share; 0.02 by default.")
    private double most;

    int pictures() {
        return pictures;
    }

    Calibration by(Calibration.Method method) {
        return new Calibration(method, most);
    }
}
