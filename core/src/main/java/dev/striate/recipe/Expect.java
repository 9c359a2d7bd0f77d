package dev.striate.recipe;

import dev.striate.StriateException;

/// The checks of the compact constructors in this package, and their one sentence.
final class Expect {
    private Expect() {}

    static void that(boolean holds, String who, String expected, Object received) {
        if (!holds) throw new StriateException(who + " expects " + expected + "; received " + received + ".");
    }

    /// A share such as a momentum: in [0, 1).
    static void share(String who, double received) {
        that(received >= 0 && received < 1, who, "a number in [0, 1)", received);
    }

    static void probability(String who, double received) {
        that(received >= 0 && received <= 1, who, "a number in [0, 1]", received);
    }

    static void positive(String who, double received) {
        that(received > 0 && Double.isFinite(received), who, "a number above 0", received);
    }

    static void notNegative(String who, double received) {
        that(received >= 0 && Double.isFinite(received), who, "a number of at least 0", received);
    }

    static void range(String who, double least, double most) {
        that(least > 0 && least <= most && Double.isFinite(most), who, "0 < least ≤ most", least + " to " + most);
    }
}
