package dev.striate.text;

import java.util.Locale;

/// Amounts as people read them.
public final class Amounts {
    private Amounts() {}

    /// `2.4 GB`, of 10⁹ bytes each.
    public static String gigabytes(long bytes) {
        return String.format(Locale.ROOT, "%.1f GB", bytes / 1e9);
    }
}
