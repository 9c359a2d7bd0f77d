package dev.striate.vision.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PaletteTest {
    /// The colours of the VOC challenge's segmentations: background, aeroplane, bicycle, bird, boat, bottle, car, person,
    /// train, tv monitor (Everingham and others 2010, development kit).
    @ParameterizedTest
    @CsvSource({ "0, 0, 0, 0", "1, 128, 0, 0", "2, 0, 128, 0", "3, 128, 128, 0", "4, 0, 0, 128", "5, 128, 0, 128",
            "7, 128, 128, 128", "15, 192, 128, 128", "19, 128, 192, 0", "20, 0, 64, 128" })
    void masksHaveTheColoursOfVoc(int k, int red, int green, int blue) {
        assertThat(Palette.mask(k)).isEqualTo(red << 16 | green << 8 | blue);
    }

    @Test
    void eachClassOfAMaskHasItsOwnColour() {
        assertThat(java.util.stream.IntStream.range(0, 256).map(Palette::mask).distinct().count()).isEqualTo(256);
    }

    /// Contrasts by the formula of WCAG 2.1: black on pure green 15.3, white 1.4; black on pure blue 2.4, white 8.6.
    @Test
    void textOnAColourIsBlackOrWhite() {
        assertThat(Palette.readableOn(0x00ff00)).isEqualTo(0);
        assertThat(Palette.readableOn(0xffffff)).isEqualTo(0);
        assertThat(Palette.readableOn(0x0000ff)).isEqualTo(0xffffff);
        assertThat(Palette.readableOn(0x000000)).isEqualTo(0xffffff);
    }
}
