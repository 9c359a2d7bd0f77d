package dev.striate.data.labels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.striate.StriateException;
import dev.striate.data.labels.Problem.Kind;
import dev.striate.data.picture.Picture;
import dev.striate.data.picture.Pictures;
import dev.striate.graph.Size;
import dev.striate.target.Target.Mask;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("native")
class MaskFilesTest {
    @TempDir
    Path folder;

    @Test
    void readsPlacesInThePaletteNotColours() throws IOException {
        // Two places of the same colour are two classes all the same.
        var same = new byte[] { 10, 10, 10, 10 };
        var image = new BufferedImage(2, 2, BufferedImage.TYPE_BYTE_BINARY,
                new IndexColorModel(2, 4, same, same, same));
        image.getRaster().setPixels(0, 0, 2, 2, new int[] { 3, 0, 1, 2 });
        assertThat(MaskFiles.read(png(image), "mask").classes()).containsExactly(3, 0, 1, 2);
    }

    @Test
    void readsGreyValues() {
        var grey = new Picture(3, 1, 1, new byte[] { 0, 7, -1 });
        var mask = MaskFiles.read(Pictures.encode(grey, ".png"), "mask");
        assertThat(mask.classes()).containsExactly(0, 7, -1);
        assertThat(mask.at(2, 0)).isEqualTo(Mask.IGNORED);
    }

    @Test
    void refusesColours() {
        var colours = Pictures.encode(Picture.black(2, 2, 3), ".png");
        assertThatThrownBy(() -> MaskFiles.read(colours, "m.png")).isInstanceOf(StriateException.class)
                .hasMessageContaining("m.png holds colours");
    }

    @Test
    void refusesGreyValuesThatAreNoBytes() throws IOException {
        var image = new BufferedImage(2, 1, BufferedImage.TYPE_USHORT_GRAY);
        image.getRaster().setPixels(0, 0, 2, 1, new int[] { 3, 300 });
        var bytes = png(image);
        assertThatThrownBy(() -> MaskFiles.read(bytes, "m.png")).isInstanceOf(StriateException.class)
                .hasMessageContaining("m.png, pixel (1, 0) is 300");
    }

    @Test
    void writesWhatItReads() {
        var all = new byte[256];
        for (var i = 0; i < all.length; i++) all[i] = (byte) i;
        assertThat(MaskFiles.read(MaskFiles.encode(new Mask(new Size(8, 32), all)), "mask").classes()).isEqualTo(all);
    }

    @Test
    void coloursAsPascalVocDoes() {
        // From the development kit: background black, aeroplane (128, 0, 0), bicycle (0, 128, 0), person (192, 128, 128),
        // the border (224, 224, 192).
        assertThat(new int[] { MaskFiles.colour(0), MaskFiles.colour(1), MaskFiles.colour(2), MaskFiles.colour(15),
                MaskFiles.colour(255) })
                .containsExactly(0x000000, 0x800000, 0x008000, 0xc08080, 0xe0e0c0);
    }

    @Test
    void opensPascalVocsFolders() {
        given().text("ImageSets/Segmentation/train.txt", "a").text("ImageSets/Segmentation/val.txt", "b")
                .picture("JPEGImages/c.png", 4, 2);
        var splits = given().open();
        assertThat(splits.train().target(0)).isInstanceOfSatisfying(Mask.class,
                mask -> assertThat(mask.classes()).containsExactly(0, 1, 2, -1, 0, 0, 0, 0));
        assertThat(splits.train().name(0)).endsWith("a.png");
        assertThat(splits.test().size()).isEqualTo(1);
        assertThat(splits.train().classes()).hasSize(21).startsWith("background", "aeroplane").endsWith("tvmonitor");
    }

    @Test
    void takesTheClassesFromANamesFile() {
        given().text("labels.txt", "ground", "cat", "dog");
        assertThat(given().reading().classes()).containsExactly("ground", "cat", "dog");
        assertThat(given().reading().entries()).hasSize(2);
    }

    @Test
    void namesThePixelOfAClassBeyondTheNamesWhichThenCountsForNothing() {
        given().text("labels.txt", "ground", "cat").mask("SegmentationClass/a.png", 4, 2, 0, 1, 1, 0, 0, 0, 7, 0);
        for (var i = 0; i < 5; i++) mask("x" + i);
        given().thenOneProblem(Kind.CLASS, 7, "a.png, pixel (2, 1),", "class 7; 2 classes are named");
        assertThat(given().skipping().train().target(0)).isInstanceOfSatisfying(Mask.class,
                mask -> assertThat(mask.at(2, 1)).isEqualTo(Mask.IGNORED));
    }

    @Test
    void refusesAMaskOfAnotherSizeThanItsPicture() {
        given().text("labels.txt", "ground", "cat", "dog").mask("SegmentationClass/a.png", 2, 4, 0, 0, 0, 0, 0, 0, 0,
                0);
        given().thenOneProblem(Kind.SIZE, 1, "a.png", "a mask of 2×4", "is 4×2");
    }

    @Test
    void namesAMaskThatIsNone() {
        given().text("SegmentationClass/a.png", "no mask");
        given().thenOneProblem(Kind.FILE, 1, "a.png", "is no mask");
    }

    @Test
    void namesAMaskWithoutAPicture() {
        given().mask("SegmentationClass/gone.png", 1, 1, 0);
        given().thenOneProblem(Kind.PICTURE, 2, "gone.png", "not there");
    }

    @Test
    void namesAPictureWithoutAMask() {
        var plain = Given.in(folder.resolve("plain")).picture("images/a.png", 4, 2).picture("images/b.png", 4, 2)
                .mask("masks/a.png", 4, 2, 0, 0, 0, 0, 1, 1, 1, 1);
        plain.thenOneProblem(Kind.UNLABELLED, 1, "b.png", "has no mask");
    }

    /// Pictures a and b of 4×2 with masks.
    private Given given() {
        var given = Given.in(folder);
        if (given.root().toFile().exists()) return given;
        mask("b");
        return given.picture("JPEGImages/a.png", 4, 2).mask("SegmentationClass/a.png", 4, 2, 0, 1, 2, 255, 0, 0, 0, 0);
    }

    private void mask(String name) {
        Given.in(folder).picture("JPEGImages/" + name + ".png", 4, 2)
                .mask("SegmentationClass/" + name + ".png", 4, 2, 0, 0, 0, 0, 1, 1, 1, 1);
    }

    private static byte[] png(BufferedImage image) throws IOException {
        var bytes = new ByteArrayOutputStream();
        ImageIO.write(image, "png", bytes);
        return bytes.toByteArray();
    }
}
