package dev.striate.vision.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.striate.box.Box;
import dev.striate.data.picture.Picture;
import dev.striate.data.video.Videos;
import dev.striate.graph.Size;
import dev.striate.vision.report.Palette;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// By videos that a red square of 60 pixels wanders through, ten pixels a frame.
@Tag("native")
class VideoDetectionTest {
    private static final int FRAMES = 10;

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = { ".mp4", ".avi" })
    void findsTheSquareInEveryFrameAndDrawsIt(String ending) {
        var found = new ArrayList<Detected>();
        var out = folder.resolve("out" + ending);

        try (var frames = Videos.open(givenAVideo("in" + ending))) {
            var speed = detection(UnaryOperator.identity()).run(frames, Optional.of(out), (frame, detected, _) -> {
                assertThat(frame).isEqualTo(found.size());
                found.add(detected);
            });
            assertThat(speed.frames()).isEqualTo(FRAMES);
            assertThat(speed.framesPerSecond()).isPositive();
        }

        for (var k = 0; k < FRAMES; k++) {
            var box = found.get(k).detections().getFirst().box();
            assertThat(box.left()).isCloseTo(20 + 10 * k, within(4.0));
            assertThat(box.width()).isCloseTo(60, within(6.0));
        }
        try (var frames = Videos.open(out)) {
            assertThat(frames.framesPerSecond()).isCloseTo(15, within(0.01));
            for (var k = 0; k < FRAMES; k++) {
                var drawn = frames.next().orElseThrow();
                assertThat(drawn.size()).isEqualTo(new Size(240, 320));
                assertThat(hasNear(drawn, 20 + 10 * k, 130, Palette.series(0))).as("the left edge, frame " + k)
                        .isTrue();
                assertThat(hasNear(drawn, 5, 200, Palette.series(0))).isFalse();
            }
            assertThat(frames.next()).isEmpty();
        }
    }

    @Test
    void whatIsStoppedKeepsItsFrames() {
        var out = folder.resolve("out.mp4");
        var detection = detection(UnaryOperator.identity());

        try (var frames = Videos.open(givenAVideo("in.mp4"))) {
            var speed = detection.run(frames, Optional.of(out), (frame, _, _) -> {
                if (frame == 3) detection.stop();
            });
            assertThat(speed.frames()).isEqualTo(4);
        }
        try (var frames = Videos.open(out)) {
            assertThat(frames.expected()).hasValue(4);
        }
    }

    @Test
    void onlyWhatIsKeptIsDrawn() {
        var out = folder.resolve("out.avi");
        try (var frames = Videos.open(givenAVideo("in.avi"))) {
            detection(detected -> detected.only(Set.of(2))).run(frames, Optional.of(out), (_, detected, _) -> {
                assertThat(detected.detections()).isEmpty();
            });
        }
        try (var frames = Videos.open(out)) {
            assertThat(hasNear(frames.next().orElseThrow(), 20, 130, Palette.series(0))).isFalse();
        }
    }

    @Test
    void whatFailsOnTheWayStillFinishesTheFile() {
        var out = folder.resolve("out.avi");
        try (var frames = Videos.open(givenAVideo("in.avi"))) {
            assertThatThrownBy(
                    () -> detection(UnaryOperator.identity()).run(frames, Optional.of(out), (frame, _, _) -> {
                        if (frame == 5) throw new IllegalStateException("worn out");
                    })).hasMessage("worn out");
        }
        try (var frames = Videos.open(out)) {
            assertThat(frames.expected()).hasValue(6);
        }
    }

    private static VideoDetection detection(UnaryOperator<Detected> kept) {
        return new VideoDetection(new Squares(), Thresholds.DEFAULT, kept);
    }

    private Path givenAVideo(String name) {
        var file = folder.resolve(name);
        try (var out = Videos.write(file, 320, 240, 15)) {
            for (var k = 0; k < FRAMES; k++) {
                out.write(Squares.picture(320, 240, new Box(20 + 10 * k, 100, 80 + 10 * k, 160), 0));
            }
        }
        return file;
    }

    /// Whether a colour is there within two pixels, as near as compression leaves it.
    private static boolean hasNear(Picture picture, int x, int y, int colour) {
        for (var dx : List.of(-2, -1, 0, 1, 2)) {
            var apart = 0;
            for (var channel = 0; channel < 3; channel++) {
                apart += Math.abs(picture.at(x + dx, y, channel) - (colour >> 16 - 8 * channel & 0xff));
            }
            if (apart < 160) return true;
        }
        return false;
    }
}
