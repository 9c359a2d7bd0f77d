package dev.striate.cli;

import dev.striate.text.Wrapping;

/// A line of a terminal that renews itself: a bar and a text. It is narrower than the terminal, since the next one would
/// otherwise erase only the last of its rows.
final class ProgressLine {
    private static final String ERASE = "\r\u001b[K";
    private static final String DONE = "\u001b[36m";
    private static final String LEFT = "\u001b[90m";
    private static final String PLAIN = "\u001b[0m";
    private static final int LONGEST_BAR = 24;
    private static final int SHORTEST_BAR = 6;

    private ProgressLine() {}

    /// What stands in a terminal of so many columns once a share of the work is done.
    static String drawn(double share, String text, int columns) {
        var room = columns - 1;
        var bar = Math.min(LONGEST_BAR, room - text.length() - 1);
        return ERASE + (bar < SHORTEST_BAR ? "" : bar((int) (bar * share), bar) + " ") + Wrapping.cut(text, room);
    }

    private static String bar(int done, int length) {
        return DONE + "━".repeat(done) + LEFT + "─".repeat(length - done) + PLAIN;
    }

    /// A line that stays, in the place of the one that renews itself.
    static String kept(String text) {
        return ERASE + text;
    }
}
