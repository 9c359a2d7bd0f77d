package dev.striate.cli;

/// The terminal that the command is run in, of which the launcher knows what a JVM cannot tell.
final class Terminal {
    /// What a person's eye follows from line to line.
    private static final int WIDEST_HELP = 100;
    /// picocli needs this much.
    private static final int NARROWEST_HELP = 55;
    private static final int USUAL = 80;

    private Terminal() {}

    /// Whether standard error is one that can move its cursor and use colours.
    static boolean movesItsCursor() {
        return Boolean.getBoolean("striate.terminal");
    }

    /// How many columns it has; 80 where that is not known.
    static int columns() {
        return Math.max(1, Integer.getInteger("striate.columns", USUAL));
    }

    /// How wide help is printed; 100 columns into a file.
    static int helpWidth() {
        return Math.clamp(Integer.getInteger("striate.columns", WIDEST_HELP), NARROWEST_HELP, WIDEST_HELP);
    }
}
