package dev.striate.data.set;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("native")
class DrawnDigitsTest {
    @Test
    void drawsEachDigitEquallyOftenWithoutAnyFile() {
        var digits = DataSets.open("digits");

        assertThat(digits.train().size()).isEqualTo(6000);
        assertThat(digits.test().counts()).containsOnly(100);
        assertThat(digits.train().picture(3)).hasToString("28×28 grey");
    }

    @Test
    void drawsTheSameForTheSameSeedAndNeverTwiceAlike() {
        var digits = DrawnDigits.splits(1);

        assertThat(DrawnDigits.splits(1).train().picture(7)).isEqualTo(digits.train().picture(7));
        assertThat(DrawnDigits.splits(2).train().picture(7)).isNotEqualTo(digits.train().picture(7));
        assertThat(digits.train().picture(17)).isNotEqualTo(digits.train().picture(7));
        assertThat(digits.test().picture(7)).isNotEqualTo(digits.train().picture(7));
    }
}
