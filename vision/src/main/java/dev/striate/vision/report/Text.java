package dev.striate.vision.report;

import java.awt.Font;
import java.awt.font.FontRenderContext;
import java.awt.font.TextAttribute;
import java.awt.font.TextLayout;
import java.lang.System.Logger.Level;
import java.text.AttributedString;
import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;

/// Text of any script in the [Fonts] that have it. What none has is written as Java writes it in a source, `\u0939`, so
/// that two names stay two.
final class Text {
    static final FontRenderContext SMOOTH = new FontRenderContext(null, true, true);

    private static final String RIGHT_TO_LEFT = "[\\p{IsHebrew}\\p{IsArabic}\\p{IsSyriac}\\p{IsThaana}\\p{IsNko}]";
    /// Words from right to left with what stands between them.
    private static final Pattern PASSAGE = Pattern
            .compile(RIGHT_TO_LEFT + "(?:\\P{L}*" + RIGHT_TO_LEFT + ")*\\p{M}*");
    private static final String LEFT_TO_RIGHT_MARK = "\u200e";
    private static final String MORE = "…";
    private static final AtomicBoolean SAID = new AtomicBoolean();

    private Text() {}

    /// A stretch of text in one font.
    private record Run(StringBuilder text, Font font) {}

    /// The text in one line, ready to be drawn; it must not be empty.
    static TextLayout layout(String text, TextStyle style) {
        var runs = runs(text, style.strong());
        var whole = new StringBuilder();
        runs.forEach(run -> whole.append(run.text));
        var attributed = new AttributedString(whole.toString());
        attributed.addAttribute(TextAttribute.RUN_DIRECTION, TextAttribute.RUN_DIRECTION_LTR);
        var at = 0;
        for (var run : runs) {
            attributed.addAttribute(TextAttribute.FONT, run.font.deriveFont((float) style.size()), at,
                    at + run.text.length());
            at += run.text.length();
        }
        return new TextLayout(attributed.getIterator(), SMOOTH);
    }

    static double width(String text, TextStyle style) {
        return text.isEmpty() ? 0 : layout(text, style).getAdvance();
    }

    /// The text, cut where it would be wider, between what a reader takes for two letters.
    static String cut(String text, TextStyle style, double widest) {
        if (width(text, style) <= widest) return text;
        var ends = new ArrayList<Integer>();
        var letters = BreakIterator.getCharacterInstance(Locale.ROOT);
        letters.setText(text);
        for (var end = letters.first(); end != BreakIterator.DONE; end = letters.next()) ends.add(end);
        var most = 0;
        var least = ends.size() - 1;
        while (most + 1 < least) {
            var middle = most + least >>> 1;
            if (width(text.substring(0, ends.get(middle)) + MORE, style) <= widest) most = middle;
            else least = middle;
        }
        return text.substring(0, ends.get(most)).stripTrailing() + MORE;
    }

    /// Whether a character shows nothing itself but joins, separates or varies its neighbours.
    static boolean isInvisible(int c) {
        return c == 0x200c || c == 0x200d || c == 0x200e || c == 0x200f || c >= 0xfe00 && c <= 0xfe0f;
    }

    private static List<Run> runs(String text, boolean strong) {
        var marked = PASSAGE.matcher(text).replaceAll("$0" + LEFT_TO_RIGHT_MARK);
        var runs = new ArrayList<Run>();
        var letters = BreakIterator.getCharacterInstance(Locale.ROOT);
        letters.setText(marked);
        var start = letters.first();
        for (var end = letters.next(); end != BreakIterator.DONE; start = end, end = letters.next()) {
            add(runs, marked.substring(start, end), strong);
        }
        return runs;
    }

    private static void add(List<Run> runs, String letter, boolean strong) {
        var last = runs.isEmpty() ? null : runs.getLast();
        if (last != null && letter.codePoints().allMatch(Text::isInvisible)) {
            last.text.append(letter);
            return;
        }
        var found = isWritten(letter) ? Fonts.having(letter, strong) : Optional.<Font>empty();
        if (found.isEmpty() && isWritten(letter)) sayOnce(letter);
        var font = found.orElseGet(() -> Fonts.usual(strong));
        var shown = found.isEmpty() ? escaped(letter) : letter;
        if (last != null && last.font.equals(font)) last.text.append(shown);
        else runs.add(new Run(new StringBuilder(shown), font));
    }

    /// Not control characters, halves of characters, nor those that turn the order of all that follows.
    private static boolean isWritten(String letter) {
        return letter.codePoints().allMatch(c -> isInvisible(c) || switch (Character.getType(c)) {
            case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.UNASSIGNED,
                    Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR ->
                false;
            default -> true;
        });
    }

    private static String escaped(String letter) {
        var text = new StringBuilder();
        letter.chars().forEach(c -> text.append(String.format(Locale.ROOT, "\\u%04x", c)));
        return text.toString();
    }

    private static void sayOnce(String letter) {
        if (SAID.getAndSet(true)) return;
        System.getLogger(Text.class.getPackageName()).log(Level.WARNING, "No font of this machine has " + letter + " ("
                + Character.getName(letter.codePointAt(0)) + "): figures show " + escaped(letter)
                + " until a font for its script is installed.");
    }
}
