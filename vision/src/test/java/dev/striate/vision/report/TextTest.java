package dev.striate.vision.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.striate.data.picture.Picture;
import java.awt.font.TextHitInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextTest {
    private static final TextStyle STYLE = TextStyle.plain(20, 0);

    @ParameterizedTest
    @ValueSource(strings = { "Käfer", "猫", "жук", "كلب", "σκύλος", "כלב", "강아지", "いぬ", "हिन्दी", "ไทย", "பூனை", "ድመት",
            "կատու" })
    void hasAFontForTheLettersOf(String name) {
        name.codePoints().mapToObj(Character::toString)
                .forEach(letter -> assertThat(Fonts.having(letter, false)).as(letter).isPresent());
        name.codePoints().mapToObj(Character::toString)
                .forEach(letter -> assertThat(Fonts.having(letter, true)).as(letter).isPresent());
    }

    @ParameterizedTest
    @CsvSource({ "猫, 犬", "Käfer, Kafer", "жук, рук", "كلب, قلب", "😀, 😁" })
    void namesThatDifferLookDifferent(String one, String other) {
        assertThat(drawn(one)).isNotEqualTo(drawn(other)).isEqualTo(drawn(one));
    }

    /// Arabic letters change their shape where they join: those in the middle of a word are narrower.
    @Test
    void joinsTheLettersOfAWord() {
        assertThat(Text.width("ببب", STYLE)).isLessThan(0.9 * 3 * Text.width("ب", STYLE));
    }

    @Test
    void whatFollowsAWordFromRightToLeftStandsToItsRight() {
        var layout = Text.layout("كلب 97 %", STYLE);
        var word = layout.getCaretInfo(TextHitInfo.leading(0))[0];
        var end = layout.getCaretInfo(TextHitInfo.trailing(2))[0];
        var number = layout.getCaretInfo(TextHitInfo.leading(5))[0];
        assertThat(end).as("the word itself runs leftwards").isLessThan(word);
        assertThat(number).isGreaterThanOrEqualTo(word);
    }

    @Test
    void whatCannotBeWrittenIsShownByItsNumbers() {
        assertThat(Text.width("a\u0007b", STYLE)).isEqualTo(Text.width("a\\u0007b", STYLE));
        assertThat(drawn("a\ud83d")).as("half of a character").isEqualTo(drawn("a\\ud83d"));
        assertThat(drawn("\u202etxt.exe")).as("turns the order of letters").isEqualTo(drawn("\\u202etxt.exe"));
        assertThat(drawn("\n")).isEqualTo(drawn("\\u000a"));
    }

    @Test
    void cutsWhatIsTooWide() {
        var name = "a class with a name that is far too long";
        assertThat(Text.cut(name, STYLE, 1000)).isEqualTo(name);
        var cut = Text.cut(name, STYLE, 150);
        assertThat(cut).startsWith("a class").endsWith("…");
        assertThat(Text.width(cut, STYLE)).isBetween(120.0, 150.0);
        assertThat(Text.cut(name, STYLE, 1)).isEqualTo("…");
    }

    @Test
    void cutsBetweenLettersAndNotBetweenALetterAndItsAccent() {
        var cut = Text.cut("e\u0301".repeat(40), STYLE, 100);
        assertThat(cut).endsWith("\u0301…");
    }

    private static Picture drawn(String text) {
        var canvas = new Canvas(260, 40, 0xffffff);
        canvas.text(text, 5, 30, STYLE);
        return canvas.picture();
    }
}
