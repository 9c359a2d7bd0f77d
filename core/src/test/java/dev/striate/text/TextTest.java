package dev.striate.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What people read in a terminal.
class TextTest {
    @Test
    void columnsOfNumbersStandToTheRight() {
        assertThat(new TextTable("class", "pictures").row("cats", 1200L).row("mice", new BigDecimal("7.50")).toString())
                .isEqualToNormalizingNewlines("""
                        class  pictures
                        cats      1,200
                        mice       7.50""");
    }

    @Test
    void titlesRulesAndShortRowsRunOverTheColumns() {
        assertThat(new TextTable("a", "b", "c").rule().row("one", 2L, 3L).section("a longer title")
                .row("two", "there is no such thing").toString()).isEqualToNormalizingNewlines("""
                        a    b  c
                        ─────────
                        one  2  3
                        a longer title
                        two  there is no such thing""");
    }

    @Test
    void aWideCharacterTakesTwoColumnsAndAMarkNone() {
        assertThat(new TextTable("", "n").row("猫", 1L).row("u\u0308ber", 2L).toString())
                .isEqualToNormalizingNewlines("""
                              n
                        猫    1
                        u\u0308ber  2""");
    }

    @Test
    void aSentenceBreaksAtBlanksAlone() {
        assertThat(Wrapping.lines("names as in 'layer[12].*' or yolo.cfg", 20))
                .containsExactly("names as in", "'layer[12].*' or", "yolo.cfg");
        assertThat(Wrapping.behind("[1] ", "one two three", 11)).isEqualTo("[1] one two\n    three");
    }

    @Test
    void aLongTextIsCutAtTheWidth() {
        assertThat(Wrapping.cut("loss 0.25", 9)).isEqualTo("loss 0.25");
        assertThat(Wrapping.cut("loss 0.25", 7)).isEqualTo("loss 0…");
        assertThat(Wrapping.cut("猫猫猫", 5)).isEqualTo("猫猫…");
    }

    @Test
    void aFewOfManyNamesAreShownAndTheOthersCounted() {
        assertThat(Listing.some(List.of("a", "b"), 2)).isEqualTo("a, b");
        assertThat(Listing.some(List.of("a", "b", "c", "d"), 2)).isEqualTo("a, b and 2 more");
        assertThat(Listing.some(List.of("x".repeat(500)), 2)).hasSize(80).endsWith("…");
    }
}
