package dev.striate.cli;

/// A sentence over as many lines as a terminal of 80 columns needs.
final class Wrapped {
    private static final int WIDTH = 80;

    private Wrapped() {}

    /// The sentence behind its mark; further lines start below the first word.
    static String lines(String mark, String sentence) {
        var text = new StringBuilder(mark);
        var column = mark.length();
        for (var word : sentence.split(" ")) {
            if (column > mark.length() && column + 1 + word.length() > WIDTH) {
                text.append('\n').append(" ".repeat(mark.length()));
                column = mark.length();
            } else if (column > mark.length()) {
                text.append(' ');
                column++;
            }
            text.append(word);
            column += word.length();
        }
        return text.toString();
    }
}
