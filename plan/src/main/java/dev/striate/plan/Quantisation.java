package dev.striate.plan;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/// Which convolutions of a network run in int8, by name, with the range of each one's input; and what that costs.
///
/// A loss is the norm of the output's error relative to the output's, on the calibration pictures: of each layer when it
/// alone is quantised (also of those that were left in float32 for it), and of all quantised ones together.
public record Quantisation(Map<String, Range> layers, Map<String, Double> losses, double loss) {
    public static final Quantisation NONE = new Quantisation(Map.of(), Map.of(), 0);

    public Quantisation {
        layers = Collections.unmodifiableMap(new TreeMap<>(layers));
        losses = Collections.unmodifiableMap(new TreeMap<>(losses));
    }

    /// The values that 8 bits stand for: whole multiples of `scale`, from −127 or, where no value is negative, 0 to 255.
    public record Range(double scale, boolean signed) {}
}
