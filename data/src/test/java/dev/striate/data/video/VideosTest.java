package dev.striate.data.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.striate.StriateException;
import dev.striate.data.picture.Picture;
import dev.striate.graph.Size;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacv.FFmpegFrameRecorder;
import org.bytedeco.javacv.Frame;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// By videos that a white bar wanders through, four pixels a frame.
@Tag("native")
class VideosTest {
    private static final int FRAMES = 12;

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = { "bar.mp4", "bar.avi" })
    void whatIsWrittenIsReadBackFrameByFrame(String name) {
        var file = written(name, 64, 48, 29.97);

        try (var frames = Videos.open(file)) {
            assertThat(frames.framesPerSecond()).isCloseTo(29.97, within(0.01));
            assertThat(frames.expected()).hasValue(FRAMES);
            var read = all(frames);
            assertThat(read).hasSize(FRAMES);
            for (var k = 0; k < FRAMES; k++) assertThat(apart(read.get(k), bar(64, 48, k))).isLessThan(6);
            assertThat(apart(read.get(3), bar(64, 48, 4))).as("another frame").isGreaterThan(20);
        }
        assertThat(folder).isDirectoryNotContaining("glob:**.part");
    }

    @ParameterizedTest
    @ValueSource(strings = { "odd.mp4", "odd.avi" })
    void oddSidesGetOneMorePixel(String name) {
        try (var frames = Videos.open(written(name, 65, 49, 25))) {
            var first = frames.next().orElseThrow();
            assertThat(first.size()).isEqualTo(new Size(50, 66));
            assertThat(first.at(30, 49, 0)).as("the black row").isLessThan(30);
        }
    }

    @Test
    void aDamagedVideoGivesWhatCanBeRead() throws IOException {
        var whole = Files.readAllBytes(written("bar.avi", 320, 240, 25));
        var half = Files.write(folder.resolve("half.avi"), Arrays.copyOf(whole, whole.length / 2));

        try (var frames = Videos.open(half)) {
            assertThat(frames.expected()).hasValue(FRAMES);
            // The last one, of which a part is there, may be shown or not.
            assertThat(all(frames).size()).isBetween(wholeFrames(half), wholeFrames(half) + 1);
            assertThat(frames.next()).isEmpty();
        }
    }

    /// Counts the chunks `00dc` of an AVI that are there in full; each says how long it is.
    private static int wholeFrames(Path file) throws IOException {
        var bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        var count = 0;
        for (var at = 0; at + 8 <= bytes.limit(); at++) {
            // An index names the chunks, too, with a length of nothing.
            var length = bytes.getInt(at + 4);
            if (bytes.getInt(at) == 0x63643030 && length > 0 && at + 8 + length <= bytes.limit()) count++;
        }
        assertThat(count).isBetween(1, FRAMES - 2);
        return count;
    }

    /// A telephone held upright writes its pictures lying, and a note by how much they are to be turned.
    @Test
    void aVideoIsTurnedAsItSays() throws IOException {
        var file = folder.resolve("lying.mp4");
        try (var recorder = new FFmpegFrameRecorder(file.toFile(), 64, 48);
                var frame = new Frame(64, 48, Frame.DEPTH_UBYTE, 3)) {
            recorder.setFormat("mp4");
            recorder.setVideoCodec(avcodec.AV_CODEC_ID_MPEG4);
            recorder.setDisplayRotation(-90);
            recorder.start();
            var rows = (ByteBuffer) frame.image[0];
            for (var i = 0; i < rows.limit(); i++) rows.put(i, (byte) (i < 8 * frame.imageStride ? 255 : 0));
            recorder.record(frame, avutil.AV_PIX_FMT_RGB24);
        }

        try (var frames = Videos.open(file)) {
            var first = frames.next().orElseThrow();
            assertThat(first.size()).isEqualTo(new Size(64, 48));
            // What was above is to the right once it is turned to the right.
            assertThat(first.at(44, 32, 0)).isGreaterThan(200);
            assertThat(first.at(4, 32, 0)).isLessThan(50);
        }
    }

    @Test
    void turnsPicturesByRightAngles() {
        var picture = new Picture(2, 3, 1, new byte[] { 1, 2, 3, 4, 5, 6 });
        assertThat(Turns.clockwise(picture, 1)).isEqualTo(new Picture(3, 2, 1, new byte[] { 5, 3, 1, 6, 4, 2 }));
        assertThat(Turns.clockwise(picture, 2)).isEqualTo(new Picture(2, 3, 1, new byte[] { 6, 5, 4, 3, 2, 1 }));
        assertThat(Turns.clockwise(picture, -1)).isEqualTo(new Picture(3, 2, 1, new byte[] { 2, 4, 6, 1, 3, 5 }));
    }

    @Test
    void refusesWhatIsNoVideo() throws IOException {
        var text = Files.writeString(folder.resolve("text.mp4"), "no video at all");
        assertThatThrownBy(() -> Videos.open(text)).isInstanceOf(StriateException.class)
                .hasMessage("A video was expected; " + text
                        + " cannot be decoded: it is none, or cut off before what says how.");
        var gone = folder.resolve("gone.mp4");
        assertThatThrownBy(() -> Videos.open(gone))
                .hasMessage("A video was expected at " + gone + "; there is no such file.");
        assertThatThrownBy(() -> Videos.write(folder.resolve("film.gif"), 64, 48, 25))
                .hasMessage("A video's file name ends in .mp4 or .avi; received " + folder + "/film.gif.");
        assertThatThrownBy(() -> Videos.write(folder.resolve("none/film.mp4"), 64, 48, 25))
                .hasMessage(folder + "/none/film.mp4 could not be written: there is no folder " + folder + "/none.");
    }

    @Test
    void refusesFramesOfAnotherSize() {
        try (var out = Videos.write(folder.resolve("film.avi"), 64, 48, 25)) {
            assertThatThrownBy(() -> out.write(bar(48, 64, 0))).isInstanceOf(StriateException.class)
                    .hasMessageContaining("64×48; received 48×64 RGB");
            out.write(bar(64, 48, 0));
        }
    }

    @Test
    void aMachineWithoutThatCameraSaysSo() {
        assumeFalse(Files.exists(Path.of("/dev/video63")), "this machine has 64 cameras");
        assertThatThrownBy(() -> Videos.camera(63)).isInstanceOf(StriateException.class).hasMessage(
                "A camera was expected at camera:63; this machine has none there, or another program holds it.");
    }

    /// The classes of the project, alone.
    @Test
    void withoutFfmpegASentenceSaysWhatIsMissing() throws Exception {
        var file = written("bar.avi", 64, 48, 25);
        var urls = Arrays.stream(System.getProperty("java.class.path").split(java.io.File.pathSeparator))
                .filter(path -> !path.contains("ffmpeg") && !path.contains("javacv-")).map(VideosTest::url)
                .toArray(URL[]::new);
        try (var without = new URLClassLoader(urls, ClassLoader.getPlatformClassLoader())) {
            var open = without.loadClass(Videos.class.getName()).getMethod("open", Path.class);
            assertThatThrownBy(() -> open.invoke(null, file)).rootCause().isInstanceOf(ClassNotFoundException.class);
            assertThatThrownBy(() -> open.invoke(null, file)).cause()
                    .hasMessageContaining("it needs org.bytedeco:javacv, and org.bytedeco:ffmpeg");
        }
    }

    private static URL url(String path) {
        try {
            return Path.of(path).toUri().toURL();
        } catch (IOException e) {
            throw new IllegalArgumentException(path, e);
        }
    }

    private Path written(String name, int width, int height, double framesPerSecond) {
        var file = folder.resolve(name);
        try (var out = Videos.write(file, width, height, framesPerSecond)) {
            for (var k = 0; k < FRAMES; k++) out.write(bar(width, height, k));
        }
        return file;
    }

    private static Picture bar(int width, int height, int frame) {
        var picture = Picture.black(width, height, 3);
        for (var y = 0; y < height; y++) {
            for (var x = 4 * frame; x < 4 * frame + 16 && x < width; x++) {
                Arrays.fill(picture.pixels(), 3 * (y * width + x), 3 * (y * width + x) + 3, (byte) 255);
            }
        }
        return picture;
    }

    private static List<Picture> all(Frames frames) {
        var read = new ArrayList<Picture>();
        for (var next = frames.next(); next.isPresent(); next = frames.next()) read.add(next.get());
        return read;
    }

    /// The mean difference of two pictures' values.
    private static double apart(Picture one, Picture other) {
        assertThat(one.size()).isEqualTo(other.size());
        var sum = 0L;
        for (var i = 0; i < one.pixels().length; i++) {
            sum += Math.abs((one.pixels()[i] & 0xff) - (other.pixels()[i] & 0xff));
        }
        return (double) sum / one.pixels().length;
    }
}
