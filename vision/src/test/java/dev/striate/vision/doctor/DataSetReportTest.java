package dev.striate.vision.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.striate.data.picture.Picture;
import dev.striate.data.picture.Pictures;
import dev.striate.data.set.DataSets;
import dev.striate.data.set.Splits;
import dev.striate.random.RandomStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("native")
class DataSetReportTest {
    @TempDir
    private Path folder;

    @BeforeEach
    void makePictures() throws IOException {
        for (var place : new String[] { "train/a", "train/b", "test/a", "test/b" }) {
            Files.createDirectories(folder.resolve(place));
            for (var i = 0; i < 4; i++) write(noise(place + i, 40), place + "/" + i + ".png");
        }
    }

    @Test
    void findsNothingInGoodPictures() {
        assertThat(report().findings()).isEmpty();
        assertThat(report().isSound()).isTrue();
    }

    @Test
    void namesACutOffPicture() throws IOException {
        var file = folder.resolve("train/a/1.png");
        var bytes = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(bytes, bytes.length / 3));
        finds(Finding.Severity.ERROR, "1 of 16 pictures cannot be read", "train/a/1.png");
    }

    @Test
    void tellsAPictureOfTestingThatTrainingHas() {
        write(noise("train/a2", 40), "test/a/leak.png");
        finds(Finding.Severity.ERROR, "1 pair of equal pictures in two parts", "leak.png");
    }

    @Test
    void tellsEqualPicturesWithDifferentLabels() {
        write(noise("train/a2", 40), "train/b/other.png");
        finds(Finding.Severity.ERROR, "equal pictures with different labels", "other.png");
    }

    @Test
    void tellsAPictureThatWasResizedAndSavedAgain() {
        write(Pictures.resize(noise("train/a2", 40), 60, 60), "test/a/near.jpg");
        finds(Finding.Severity.WARNING, "nearly equal pictures in two parts", "near.jpg");
    }

    /// Two digits on black agree in most bits of their looks.
    @Test
    void doesNotTakeOneDigitForAnother() {
        var digits = DataSets.open("digits").limit(300);
        assertThat(DataSetReport.of(digits).findings()).noneMatch(finding -> finding.what().contains("nearly equal"));
    }

    @Test
    void tellsClassesOutOfBalanceAndGreyAmongColoured() {
        for (var i = 0; i < 50; i++) write(Pictures.grey(noise("more" + i, 40)), "train/a/more" + i + ".png");
        finds(Finding.Severity.WARNING, "out of balance: 54 pictures of a, 4 of b", "");
        finds(Finding.Severity.NOTE, "50 of 66 pictures are grey", "more");
    }

    @Test
    void writesAPageThatNeedsNoOtherFile() throws IOException {
        write(noise("train/a2", 40), "test/a/leak.png");
        var page = folder.resolve("page.html");
        Page.write(report(), splits(), page);
        assertThat(Files.readString(page)).contains("two parts").contains("data:image/png;base64,")
                .doesNotContain("src='http").doesNotContain("href");
    }

    @Test
    void namesAJpegThatIsDamagedInItsMiddle() throws IOException {
        var file = folder.resolve("train/a/damaged.jpg");
        Pictures.write(noise("damaged", 80), file);
        var bytes = Files.readAllBytes(file);
        Arrays.fill(bytes, bytes.length / 2, bytes.length / 2 + 300, (byte) 0x55);
        Files.write(file, bytes);
        finds(Finding.Severity.ERROR, "1 of 17 pictures cannot be read, or not without damage",
                "damaged.jpg is damaged");
    }

    @Test
    void aFindingThatNamesTwoPicturesShowsBoth() throws IOException {
        write(noise("train/a2", 40), "test/a/leak.png");
        var page = folder.resolve("page.html");
        Page.write(report(), splits(), page);
        assertThat(Files.readString(page).split("data:image/png;base64,")).hasSize(1 + 2);
    }

    @Test
    void aPictureIsFoundAgainByItsPartAndNumber() throws IOException {
        write(noise("train/a2", 40), "test/a/leak.png");
        var pictures = report().findings().getFirst().examples().getFirst().pictures();
        assertThat(pictures).extracting(Finding.PictureRef::part).containsExactly("train", "test");
        assertThat(splits().train().picture(pictures.get(0).index()))
                .isEqualTo(splits().test().picture(pictures.get(1).index()));
        assertThat(splits().test().name(pictures.get(1).index())).isEqualTo(pictures.get(1).name())
                .endsWith("leak.png");
    }

    @Test
    void namesThatLookLikeMarkupOrLikeTheReportsOwnWordsBreakNothing() throws IOException {
        Files.createDirectories(folder.resolve("train/a"));
        write(noise("odd", 40), "train/a/one = train two & <script>alert(1)<!-- is damaged: .png");
        write(noise("odd", 40), "test/a/'\" onload='x.png");
        var page = folder.resolve("page.html");
        Page.write(report(), splits(), page);
        var html = Files.readString(page);
        assertThat(html.split("data:image/png;base64,")).hasSize(1 + 2);
        assertThat(html).contains("one = train two &amp; &lt;script&gt;alert(1)&lt;!-- is damaged: .png")
                .doesNotContain("<script").doesNotContain("' onload");
    }

    private void finds(Finding.Severity severity, String what, String picture) {
        assertThat(report().findings()).anySatisfy(finding -> {
            assertThat(finding.severity()).isEqualTo(severity);
            assertThat(finding.what()).contains(what);
            assertThat(finding.examples().toString()).contains(picture);
        });
    }

    private DataSetReport report() {
        return DataSetReport.of(splits());
    }

    private Splits splits() {
        return DataSets.open(folder);
    }

    private void write(Picture picture, String file) {
        Pictures.write(picture, folder.resolve(file));
    }

    /// Coarse noise, enlarged, so that a resized copy looks alike.
    private static Picture noise(String name, int side) {
        var bytes = new byte[10 * 10 * 3];
        for (var i = 0; i < bytes.length; i++) bytes[i] = (byte) (256 * RandomStream.of(4).at(name).uniform(i));
        return Pictures.resize(new Picture(10, 10, 3, bytes), side, side);
    }
}
