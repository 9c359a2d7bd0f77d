package dev.striate.data.pairs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.striate.StriateException;
import dev.striate.data.files.FileTree;
import dev.striate.data.files.TreeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PicturePairsTest {
    private static final List<String> PICTURES = List.of("Ann_Li/Ann_Li_0001.jpg", "Ann_Li/Ann_Li_0002.jpg",
            "Bo/Bo_0001.jpg", "Bo/Bo_0012.png", "Cy/Cy_0003.jpg");

    @TempDir
    Path folder;

    @BeforeEach
    void writePictures() throws IOException {
        for (var picture : PICTURES) {
            Files.createDirectories(folder.resolve("lfw").resolve(picture).getParent());
            Files.createFile(folder.resolve("lfw").resolve(picture));
        }
    }

    @Test
    void readsFoldsOfTwoKindsOfPairs() throws IOException {
        var pairs = read("2\t1", "Ann_Li\t1\t2", "Ann_Li\t2\tBo\t1", "Bo\t1\t12", "Cy\t3\tBo\t12");
        assertThat(pairs.folds()).isEqualTo(2);
        assertThat(pairs.pairs()).extracting(pair -> pair.first().path(), pair -> pair.second().path(),
                PicturePair::same, PicturePair::fold).containsExactly(
                        tuple("Ann_Li/Ann_Li_0001.jpg", "Ann_Li/Ann_Li_0002.jpg", true, 0),
                        tuple("Ann_Li/Ann_Li_0002.jpg", "Bo/Bo_0001.jpg", false, 0),
                        tuple("Bo/Bo_0001.jpg", "Bo/Bo_0012.png", true, 1),
                        tuple("Cy/Cy_0003.jpg", "Bo/Bo_0012.png", false, 1));
        assertThat(pairs.same()).containsExactly(true, false, true, false);
        assertThat(pairs.foldOfEach()).containsExactly(0, 0, 1, 1);
    }

    /// The lists for development have no folds: pairsDevTrain.txt begins with 1100.
    @Test
    void takesAListWithoutFoldsForOne() throws IOException {
        var pairs = read("2", "Ann_Li 1 2", "Bo 1 12", "Ann_Li 1 Bo 1", "Ann_Li 1 Cy 3", "");
        assertThat(pairs.folds()).isEqualTo(1);
        assertThat(pairs.same()).containsExactly(true, true, false, false);
    }

    @Test
    void findsPicturesInAZipBelowAnotherFolder() throws IOException {
        var zip = folder.resolve("lfw.zip");
        try (var out = new ZipOutputStream(Files.newOutputStream(zip))) {
            for (var picture : PICTURES) out.putNextEntry(new ZipEntry("lfw/" + picture));
        }
        var pairs = PicturePairs.lfw(list("1", "Bo 1 12", "Bo 1 Cy 3"), FileTree.of(zip));
        assertThat(pairs.pairs()).extracting(PicturePair::second).extracting(TreeFile::path)
                .containsExactly("lfw/Bo/Bo_0012.png", "lfw/Cy/Cy_0003.jpg");
    }

    @Test
    void namesTheLinesThatAreBroken() {
        assertThatThrownBy(() -> read("1 2", "Ann_Li 1 2", "Bo 1 x", "", "Ann_Li 1 Ann_Li 2", "Bo 1 Cy"))
                .isInstanceOf(StriateException.class)
                .hasMessage("Pairs of pictures that are all there were expected in " + folder.resolve("pairs.txt")
                        + "; line 3 expects a picture's number from 1, has 'x'; line 5 expects two names that differ, has "
                        + "Ann_Li twice; line 6 expects two names with a number each, has 'Bo 1 Cy'.");
    }

    @Test
    void namesTheFirstPicturesThatAreNotThere() {
        assertThatThrownBy(() -> read("3", "Ann_Li 1 3", "Di 1 2", "Di 1 3", "Bo 1 Cy 3", "Bo 1 Cy 4", "Bo 12 Cy 3"))
                .hasMessageEndingWith(
                        "; line 2 names the picture Ann_Li/Ann_Li_0003, which is not there; line 3 names the "
                                + "picture Di/Di_0001, which is not there; line 3 names the picture Di/Di_0002, which is not there; "
                                + "line 4 names the picture Di/Di_0001, which is not there; line 4 names the picture Di/Di_0003, "
                                + "which is not there; and 1 more.");
    }

    @Test
    void doesNotChooseBetweenTwoPictures() throws IOException {
        Files.createFile(folder.resolve("lfw/Bo/Bo_0001.png"));
        assertThatThrownBy(() -> read("1", "Bo 1 12", "Ann_Li 1 Cy 3"))
                .hasMessageContaining(
                        "line 2 names the picture Bo/Bo_0001, which is there as Bo/Bo_0001.jpg, Bo/Bo_0001.png");
    }

    @Test
    void refusesAListThatIsNone() {
        var file = folder.resolve("pairs.txt");
        assertThatThrownBy(() -> read("Ann_Li 1 2"))
                .hasMessage("How many folds and pairs there are was expected in the "
                        + "first line of " + file + ", as in '10 300'; it says 'Ann_Li 1 2'.");
        assertThatThrownBy(() -> read("")).hasMessageEndingWith("it says ''.");
        assertThatThrownBy(() -> read("1 2", "Ann_Li 1 2")).hasMessage("4 pairs were expected, as the first line "
                + "of " + file + " says; 1 follow.");
        assertThatThrownBy(() -> PicturePairs.lfw(folder.resolve("none.txt"), FileTree.of(folder)))
                .hasMessageEndingWith("it cannot be read: there is no such file.");
    }

    private PicturePairs read(String... lines) throws IOException {
        return PicturePairs.lfw(list(lines), FileTree.of(folder.resolve("lfw")));
    }

    private Path list(String... lines) throws IOException {
        return Files.writeString(folder.resolve("pairs.txt"), String.join("\n", lines));
    }
}
