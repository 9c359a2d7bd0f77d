package dev.striate.measure;

import dev.striate.StriateException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// How well distances tell pairs of the same (genuine) from pairs of two that differ (impostors): a pair is accepted where
/// its distance is at most a threshold t.
///
/// `FAR(t)` is the share of impostors accepted, `TAR(t)` the share of genuine pairs, and `FRR(t) = 1 − TAR(t)`. Pairs of one
/// distance are accepted together, so nothing depends on the order in which they came.
public final class VerificationCurve {
    /// Of a number of pairs times a rate, what a rate that is no binary fraction may fall short by.
    private static final double ROUNDING = 1e-9;

    private final double[] genuine; // rising
    private final double[] impostors; // rising

    /// A threshold, and what comes of it.
    ///
    /// @param far the share of impostors accepted
    /// @param tar the share of genuine pairs accepted
    public record Point(double threshold, double far, double tar) {
        /// The share of genuine pairs rejected: `1 − TAR`.
        public double frr() {
            return 1 - tar;
        }
    }

    /// The rate at which `FAR = FRR`, and the threshold for it.
    public record EqualError(double threshold, double rate) {}

    /// A threshold, and the share of all pairs that it tells rightly.
    public record Accuracy(double threshold, double accuracy) {}

    private VerificationCurve(double[] genuine, double[] impostors) {
        this.genuine = genuine;
        this.impostors = impostors;
    }

    /// Of the distances of genuine pairs and of impostors, at least one each, in any order; refuses what is not finite.
    public static VerificationCurve of(double[] genuine, double[] impostors) {
        return new VerificationCurve(sorted(genuine, "genuine"), sorted(impostors, "impostor"));
    }

    /// Of distances, and of each whether its pair is the same.
    public static VerificationCurve of(double[] distances, boolean[] same) {
        if (distances.length != same.length) {
            throw new StriateException(
                    "Of each of " + distances.length + " distances it was expected whether its pair is "
                            + "the same; received " + same.length + " answers.");
        }
        return of(only(distances, same, true), only(distances, same, false));
    }

    private static double[] only(double[] distances, boolean[] same, boolean wanted) {
        return IntStream.range(0, same.length).filter(i -> same[i] == wanted).mapToDouble(i -> distances[i]).toArray();
    }

    private static double[] sorted(double[] distances, String what) {
        if (distances.length == 0) {
            throw new StriateException("Distances of genuine and of impostor pairs were expected; received no " + what
                    + " pair.");
        }
        var sorted = distances.clone();
        Arrays.sort(sorted);
        for (var end : new double[] { sorted[0], sorted[sorted.length - 1] }) {
            if (!Double.isFinite(end)) {
                throw new StriateException("Finite distances were expected; received " + end + " of a pair that is "
                        + what + ".");
            }
        }
        return sorted;
    }

    /// The curve of TAR over FAR: its corners, between which it is straight, from (0, 0), where the threshold is −∞, to
    /// (1, 1).
    public List<Point> corners() {
        var corners = new ArrayList<Point>(List.of(new Point(Double.NEGATIVE_INFINITY, 0, 0)));
        for (var cut = cuts().next(); cut != null; cut = cut.next()) {
            var point = new Point(cut.highest(), cut.far(), cut.tar());
            if (corners.size() > 1 && straight(corners.get(corners.size() - 2), corners.getLast(), point)) {
                corners.removeLast();
            }
            corners.add(point);
        }
        return List.copyOf(corners);
    }

    private static boolean straight(Point a, Point b, Point c) {
        return a.far == b.far && b.far == c.far || a.tar == b.tar && b.tar == c.tar;
    }

    /// The area under that curve: the probability that a genuine pair is nearer than an impostor, ties counting half.
    public double area() {
        var twice = 0L;
        var previous = cuts();
        for (var cut = previous.next(); cut != null; cut = cut.next()) {
            twice += (long) (cut.wrong() - previous.wrong()) * (cut.right() + previous.right());
            previous = cut;
        }
        return twice / (2.0 * genuine.length * impostors.length);
    }

    /// Where the curve, straight between its points, meets `FAR = FRR`. The threshold is the distance whose pairs turn
    /// `FAR < FRR` into `FAR > FRR`; where both are equal between two distances, the middle of these.
    public EqualError equalError() {
        var before = cuts();
        var after = before.next();
        while (after.excess() < 0) {
            before = after;
            after = after.next();
        }
        var share = (double) before.excess() / (before.excess() - after.excess());
        return new EqualError(after.excess() == 0 ? after.threshold() : after.highest(),
                before.far() + share * (after.far() - before.far()));
    }

    /// The highest TAR for which FAR is at most this rate, with a threshold in the middle between the distances that it
    /// parts; empty where fewer than `1 / far` impostors cannot show such a rate.
    public Optional<Point> trueAcceptance(double far) {
        if (!(far > 0 && far <= 1)) {
            throw new StriateException("A rate of false acceptance above 0 and at most 1 was expected; received " + far
                    + ".");
        }
        var allowed = (int) (far * impostors.length + ROUNDING);
        if (allowed == 0) return Optional.empty();
        var cut = allowed == impostors.length ? Cut.all(genuine, impostors)
                : Cut.below(genuine, impostors, impostors[allowed]);
        return Optional.of(new Point(cut.threshold(), cut.far(), cut.tar()));
    }

    /// The threshold that tells most pairs rightly, in the middle between the distances that it parts; of several the
    /// lowest.
    public Accuracy bestAccuracy() {
        var best = cuts();
        for (var cut = best.next(); cut != null; cut = cut.next()) if (cut.gain() > best.gain()) best = cut;
        return new Accuracy(best.threshold(), best.accuracy());
    }

    /// The share of all pairs that a threshold tells rightly.
    public double accuracy(double threshold) {
        return Cut.below(genuine, impostors, Math.nextUp(threshold)).accuracy();
    }

    private Cut cuts() {
        return new Cut(genuine, impostors, 0, 0);
    }
}
