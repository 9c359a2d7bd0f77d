package dev.striate.vision.classify;

import java.nio.file.Path;

/// What a training gave: the last epoch's figures, the best accuracy, the best model's file, and whether it came to its end.
public record Outcome(double accuracy, double loss, double imagesPerSecond, double bestAccuracy, int epochs, long steps,
        Path model, boolean complete) {}
