package dev.striate.bench.table;

import java.util.List;

/// What one process measured.
///
/// @param picturesPerSecond from the median of its runs
/// @param spread half the distance between the quartiles of its runs, relative to their median
/// @param peakBytes the most memory that the process held; 0 where the system does not say
/// @param firstResultSeconds from the start of the process to its first output
/// @param version of what ran the network
/// @param outputs the first values of the first output, to compare with others'; none of a training step
public record Measurement(double picturesPerSecond, double spread, int runs, long peakBytes, double firstResultSeconds,
        String version, List<Double> outputs) {
    public Measurement {
        outputs = List.copyOf(outputs);
    }
}
