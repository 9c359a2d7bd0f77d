package dev.striate.weights;

import java.util.List;

/// How far two tensors of one shape lie apart.
///
/// @param distance the Euclidean norm of their difference
/// @param relative the distance over the larger norm of the two: 0 for equal ones, at most 2
/// @param largest the largest difference of two values
public record Distance(String name, List<Integer> shape, double distance, double relative, double largest) {
    /// Sums of squares over the tensors so far, of which any number are measured as one.
    static final class Sums {
        private double difference;
        private double first;
        private double second;
        private double largest;

        Sums add(TensorData a, TensorData b) {
            for (var i = 0L; i < a.elements(); i++) {
                var x = a.value(i);
                var y = b.value(i);
                difference += (x - y) * (x - y);
                first += x * x;
                second += y * y;
                // A comparison would lose a value that is no number.
                largest = Math.max(largest, Math.abs(x - y));
            }
            return this;
        }

        Sums add(Sums other) {
            difference += other.difference;
            first += other.first;
            second += other.second;
            largest = Math.max(largest, other.largest);
            return this;
        }

        Distance named(String name, List<Integer> shape) {
            var norm = Math.sqrt(Math.max(first, second));
            var distance = Math.sqrt(difference);
            return new Distance(name, shape, distance, norm == 0 ? 0 : distance / norm, largest);
        }
    }
}
