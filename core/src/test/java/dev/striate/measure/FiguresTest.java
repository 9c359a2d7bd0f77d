package dev.striate.measure;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FiguresTest {
    @Test
    void namesBecomeWords() {
        assertThat(Figures.words("loss")).isEqualTo("loss");
        assertThat(Figures.words("pixelAccuracy")).isEqualTo("pixel accuracy");
        assertThat(Figures.words("topFiveError")).isEqualTo("top five error");
        assertThat(Figures.words("meanIoU")).isEqualTo("mean IoU");
        assertThat(Figures.words("iou50")).isEqualTo("iou50");
    }
}
