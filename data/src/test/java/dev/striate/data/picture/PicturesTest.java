package dev.striate.data.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.striate.StriateException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("native")
class PicturesTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = { "a.png", "a.bmp", "a.ppm" })
    void readsBackWhatItWrote(String name) {
        var picture = noise(7, 5, 3);
        Pictures.write(picture, folder.resolve(name));
        assertThat(Pictures.read(folder.resolve(name))).isEqualTo(picture);
    }

    @ParameterizedTest
    @ValueSource(strings = { "a.png", "a.pgm" })
    void keepsGreyPicturesGrey(String name) {
        var picture = noise(9, 4, 1);
        Pictures.write(picture, folder.resolve(name));
        assertThat(Pictures.read(folder.resolve(name))).isEqualTo(picture);
    }

    @ParameterizedTest
    @ValueSource(strings = { "a.jpg", "a.webp", "a.JPEG" })
    void keepsRedRedInLossyFormats(String name) {
        Pictures.write(red(32, 16), folder.resolve(name));
        var read = Pictures.read(folder.resolve(name));
        assertThat(read.width()).isEqualTo(32);
        assertThat(read.height()).isEqualTo(16);
        assertThat(read.at(20, 8, 0)).isGreaterThan(245);
        assertThat(read.at(20, 8, 1)).isLessThan(10);
        assertThat(read.at(20, 8, 2)).isLessThan(10);
    }

    @Test
    void leavesNothingBesideWhatItWrote() throws IOException {
        Pictures.write(red(4, 4), folder.resolve("a.png"));
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactly(folder.resolve("a.png"));
        }
    }

    @Test
    void turnsAPictureUprightAsItsExifSays() throws IOException {
        // The left half is white; orientation 6 says: turn right by 90 degrees, so that left becomes top.
        var picture = Picture.black(32, 16, 3);
        for (var y = 0; y < 16; y++) Arrays.fill(picture.pixels(), y * 96, y * 96 + 48, (byte) 255);
        Pictures.write(picture, folder.resolve("a.jpg"));
        var upright = Pictures.decode(withOrientation(Files.readAllBytes(folder.resolve("a.jpg")), 6), "turned.jpg");
        assertThat(upright.width()).isEqualTo(16);
        assertThat(upright.height()).isEqualTo(32);
        assertThat(upright.at(8, 4, 0)).isGreaterThan(245);
        assertThat(upright.at(8, 28, 0)).isLessThan(10);
    }

    @Test
    void refusesAMissingFile() {
        assertThatThrownBy(() -> Pictures.read(folder.resolve("none.jpg"))).isInstanceOf(StriateException.class)
                .hasMessageContaining("none.jpg").hasMessageContaining("no such file");
    }

    @Test
    void refusesAnEmptyFile() throws IOException {
        var file = Files.createFile(folder.resolve("empty.jpg"));
        assertThatThrownBy(() -> Pictures.read(file)).isInstanceOf(StriateException.class)
                .hasMessageContaining("empty.jpg is empty");
    }

    @Test
    void refusesTextNamedJpg() throws IOException {
        var file = Files.writeString(folder.resolve("text.jpg"), "This is no picture, whatever its name says.");
        assertThatThrownBy(() -> Pictures.read(file)).isInstanceOf(StriateException.class)
                .hasMessageContaining("text.jpg is none");
    }

    @ParameterizedTest
    @ValueSource(strings = { "a.jpg", "a.png", "a.webp", "a.bmp", "a.ppm" })
    void refusesAPictureThatIsCutOffAnywhere(String name) throws IOException {
        Pictures.write(noise(40, 30, 3), folder.resolve(name));
        var whole = Files.readAllBytes(folder.resolve(name));
        for (var length : new int[] { 3, 20, whole.length / 4, whole.length / 2, whole.length - 13 }) {
            assertThatThrownBy(() -> Pictures.decode(Arrays.copyOf(whole, length), "cut"))
                    .describedAs("%s of %s bytes", length, whole.length)
                    .isInstanceOf(StriateException.class).hasMessageContaining("cut");
        }
    }

    @Test
    void acceptsAJpegWithBytesAfterItsEnd() throws IOException {
        Pictures.write(red(8, 8), folder.resolve("a.jpg"));
        var bytes = Files.readAllBytes(folder.resolve("a.jpg"));
        assertThat(Pictures.decode(Arrays.copyOf(bytes, bytes.length + 100), "padded").width()).isEqualTo(8);
    }

    @Test
    void refusesAPictureThatClaimsToBeHugeBeforeItDecodesIt() throws IOException {
        Pictures.write(red(8, 8), folder.resolve("a.png"));
        var bytes = Files.readAllBytes(folder.resolve("a.png"));
        bytes[16] = bytes[20] = 0;
        bytes[17] = bytes[21] = 1; // 65,544 × 65,544
        assertThatThrownBy(() -> Pictures.decode(bytes, "bomb.png")).isInstanceOf(StriateException.class)
                .hasMessageContaining("bomb.png says it is 65544×65544");
        Arrays.fill(bytes, 16, 24, (byte) 255); // 4,294,967,295 on both sides: more pixels than a long can count
        assertThatThrownBy(() -> Pictures.decode(bytes, "bomb.png")).isInstanceOf(StriateException.class)
                .hasMessageContaining("bomb.png says it is 4294967295×4294967295");
    }

    @Test
    void refusesToWriteAFormatItDoesNotKnow() {
        assertThatThrownBy(() -> Pictures.write(red(2, 2), folder.resolve("a.xyz")))
                .isInstanceOf(StriateException.class).hasMessageContaining("a.xyz");
    }

    @Test
    void shrinksByAveragingAreas() {
        var picture = new Picture(4, 2, 1, new byte[] { 10, 20, 100, 100, 30, 40, 0, 0 });
        assertThat(Pictures.resize(picture, 2, 1).pixels()).containsExactly(25, 50);
    }

    @Test
    void weighsPixelsThatAreCoveredInPart() {
        // Each new pixel covers one and a half: (30 + 60 / 2) / 1.5 and (60 / 2 + 90) / 1.5.
        var picture = new Picture(3, 1, 3, new byte[] { 30, 0, -1, 60, 0, -1, 90, 3, -1 });
        assertThat(Pictures.resize(picture, 2, 1).pixels()).containsExactly(40, 0, -1, 80, 2, -1);
        assertThat(Pictures.resize(new Picture(1, 3, 1, new byte[] { 30, 60, 90 }), 1, 2).pixels())
                .containsExactly(40, 80);
    }

    @Test
    void enlargesLinearlyAboutPixelCentres() {
        // Centres at 0.5 and 1.5 of 2; the new ones at 0.25, 0.75, 1.25, 1.75, so 0, ¼, ¾ and all of the way.
        var picture = new Picture(2, 1, 1, new byte[] { 0, 100 });
        assertThat(Pictures.resize(picture, 4, 1).pixels()).containsExactly(0, 25, 75, 100);
    }

    @Test
    void resizesEachSideInItsOwnWay() {
        // Four columns average to two, one row grows to two equal ones.
        var picture = new Picture(4, 1, 1, new byte[] { 10, 20, 30, 50 });
        assertThat(Pictures.resize(picture, 2, 2).pixels()).containsExactly(15, 40, 15, 40);
    }

    @Test
    @Tag("slow")
    void keepsNativeMemoryFlatOverThousandsOfPictures() throws IOException {
        Pictures.write(noise(256, 256, 3), folder.resolve("a.jpg"));
        var bytes = Files.readAllBytes(folder.resolve("a.jpg"));
        for (var i = 0; i < 1000; i++) Pictures.resize(Pictures.decode(bytes, "a.jpg"), 32, 32);
        var before = Pointer.totalBytes();
        var physical = Pointer.physicalBytes();
        for (var i = 0; i < 3000; i++) Pictures.resize(Pictures.decode(bytes, "a.jpg"), 32, 32);
        assertThat(Pointer.totalBytes()).isEqualTo(before);
        // 3,000 leaked pictures would be 590 MB; the Java heap may grow by a part of that.
        assertThat(Pointer.physicalBytes() - physical).isLessThan(200_000_000);
    }

    private static Picture red(int width, int height) {
        var picture = Picture.black(width, height, 3);
        for (var i = 0; i < picture.pixels().length; i += 3) picture.pixels()[i] = (byte) 255;
        return picture;
    }

    private static Picture noise(int width, int height, int channels) {
        var picture = Picture.black(width, height, channels);
        new Random(1).nextBytes(picture.pixels());
        return picture;
    }

    /// Inserts an EXIF segment of a single entry, 0x0112 Orientation, after the start of the picture.
    private static byte[] withOrientation(byte[] jpeg, int orientation) {
        var exif = HexFormat.of().parseHex("ffe10022" + "457869660000" + "4d4d002a00000008" + "0001"
                + "0112000300000001" + "000" + orientation + "0000" + "00000000");
        var out = new ByteArrayOutputStream();
        out.write(jpeg, 0, 2);
        out.writeBytes(exif);
        out.write(jpeg, 2, jpeg.length - 2);
        return out.toByteArray();
    }
}
