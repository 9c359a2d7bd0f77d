package dev.striate.task;

import dev.striate.measure.VerificationCurve;
import java.util.Optional;

/// The distances up to which two pictures are taken for the same, as measured on pictures whose identities are known.
///
/// @param distance where as many pairs of the same are rejected as pairs of others accepted
/// @param equalError the rate of both
/// @param percent where at most one pair of others in a hundred is accepted; none where there were too few to tell
/// @param permille where at most one in a thousand is
public record Thresholds(double distance, double equalError, Optional<Accepted> percent, Optional<Accepted> permille) {
    /// A distance, and what it accepts.
    ///
    /// @param others the share of pairs of others that it accepts wrongly
    /// @param same the share of pairs of the same that it accepts
    public record Accepted(double distance, double others, double same) {
        public static Accepted of(VerificationCurve.Point point) {
            return new Accepted(point.threshold(), point.far(), point.tar());
        }
    }
}
