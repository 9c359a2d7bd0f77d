package dev.striate.plan;

import dev.striate.StriateException;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/// Which convolutions and fully connected layers of a network run in int8, by name, with the range of each one's input;
/// and what that costs. Between two such layers values stay 8 bits.
///
/// A loss is the norm of the output's error relative to the output's, on the calibration pictures, for the output that
/// loses most: of each layer when it
/// alone is quantised (also of those that were left in float32 for it), and of all quantised ones together.
///
/// @param residuals the ranges of values that are only added to another layer's, by the layer that gives them
public record Quantisation(Map<String, Range> layers, Map<String, Range> residuals, Map<String, Double> losses,
        double loss) implements Numbers {
    public static final Quantisation NONE = new Quantisation(Map.of(), Map.of(), Map.of(), 0);

    public Quantisation {
        layers = Collections.unmodifiableMap(new TreeMap<>(layers));
        residuals = Collections.unmodifiableMap(new TreeMap<>(residuals));
        losses = Collections.unmodifiableMap(new TreeMap<>(losses));
    }

    public Quantisation(Map<String, Range> layers, Map<String, Double> losses, double loss) {
        this(layers, Map.of(), losses, loss);
    }

    /// The values that 8 bits stand for: whole multiples of `scale`, from −127 or, where no value is negative, 0 to 255.
    /// Zero is always exact.
    public record Range(double scale, boolean signed) {
        public Range {
            if (!(scale > 0 && scale < Double.POSITIVE_INFINITY)) {
                throw new StriateException("A range of 8 bits expects a scale above 0; received " + scale + ".");
            }
        }

        /// The least range that holds the values of both.
        Range and(Range other) {
            if (equals(other)) return this;
            var both = signed || other.signed;
            return new Range(Math.max(largest(), other.largest()) / levels(both), both);
        }

        private double largest() {
            return scale * levels(signed);
        }

        /// How many multiples there are above zero.
        static int levels(boolean signed) {
            return signed ? 127 : 255;
        }
    }
}
