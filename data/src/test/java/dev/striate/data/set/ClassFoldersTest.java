package dev.striate.data.set;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.striate.StriateException;
import dev.striate.data.picture.Picture;
import dev.striate.data.picture.Pictures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("native")
class ClassFoldersTest {
    @TempDir
    Path folder;
    private Path root;

    @Test
    void takesClassesByTurnsAndPartsAsGiven() throws IOException {
        given("train/cat/1.png", "train/cat/2.png", "train/cat/3.png", "train/ant/1.png", "test/cat/9.png");
        var splits = DataSets.open(root);
        assertThat(splits.train().classes()).containsExactly("ant", "cat");
        assertThat(names(splits.train())).containsExactly("train/ant/1.png", "train/cat/1.png", "train/cat/2.png",
                "train/cat/3.png");
        assertThat(splits.train().label(0)).isZero();
        assertThat(splits.train().label(3)).isOne();
        assertThat(names(splits.test())).containsExactly("test/cat/9.png");
        assertThat(splits.test().label(0)).isOne();
        assertThat(splits.validation()).isEmpty();
        assertThat(splits.train().picture(0).width()).isEqualTo(4);
        assertThat(names(splits.train().limit(2))).containsExactly("train/ant/1.png", "train/cat/1.png");
    }

    @Test
    void testsOnTheValidationPartWhereThereIsNoOther() throws IOException {
        given("train/a/1.png", "train/b/1.png", "val/a/2.png");
        var splits = DataSets.open(root);
        assertThat(names(splits.test())).containsExactly("val/a/2.png");
        assertThat(splits.validation()).isEmpty();
    }

    @Test
    void keepsAllThreeParts() throws IOException {
        given("train/a/1.png", "train/b/1.png", "valid/a/2.png", "test/b/3.png");
        var splits = DataSets.open(root);
        assertThat(names(splits.validation().orElseThrow())).containsExactly("valid/a/2.png");
        assertThat(names(splits.test())).containsExactly("test/b/3.png");
    }

    @Test
    void testsOnEveryFifthPictureWhereTheFolderIsNotParted() throws IOException {
        given(IntStream.range(0, 20).mapToObj(i -> (i < 10 ? "a/" : "b/") + i % 10 + ".png").toArray(String[]::new));
        var splits = DataSets.open(root);
        assertThat(splits.given()).isFalse();
        assertThat(names(splits.test())).containsExactly("a/4.png", "b/4.png", "a/9.png", "b/9.png");
        assertThat(splits.train().size()).isEqualTo(16);
    }

    @Test
    void opensAZipWithOneFolderAroundEverything() throws IOException {
        given("top/train/a/1.png", "top/train/b/1.png", "top/test/a/1.png");
        var splits = DataSets.open(zipped());
        assertThat(splits.train().size()).isEqualTo(2);
        assertThat(splits.test().picture(0).height()).isEqualTo(3);
        assertThat(splits.test().name(0)).endsWith("set.zip#top/test/a/1.png");
    }

    @Test
    void opensAZipOfClassFoldersOnly() throws IOException {
        given("a/1.png", "a/2.png", "a/3.png", "a/4.png", "a/5.png", "b/1.png");
        assertThat(DataSets.open(zipped()).train().counts()).containsExactly(4, 1);
    }

    @Test
    void leavesOutHiddenFilesAndThoseThatAreNoPictures() throws IOException {
        given("train/a/1.png", "train/b/1.png", "train/b/.2.png", "test/a/1.png", "__MACOSX/train/c/1.png");
        Files.writeString(root.resolve("train/a/notes.txt"), "none");
        assertThat(DataSets.open(root).train().size()).isEqualTo(2);
    }

    @Test
    void setsAsideAShareOfEachClassBySeed() throws IOException {
        given(IntStream.range(0, 40).mapToObj(i -> "train/" + (i < 30 ? "a/" : "b/") + i + ".png")
                .toArray(String[]::new));
        write("test/a/1.png");
        var splits = DataSets.open(root).withValidation(0.2, 7);
        assertThat(splits.validation().orElseThrow().counts()).containsExactly(6, 2);
        assertThat(splits.train().counts()).containsExactly(24, 8);
        assertThat(names(splits.train())).doesNotContainAnyElementsOf(names(splits.validation().orElseThrow()));
        assertThat(names(DataSets.open(root).withValidation(0.2, 7).train())).isEqualTo(names(splits.train()));
        assertThat(names(DataSets.open(root).withValidation(0.2, 8).train())).isNotEqualTo(names(splits.train()));
    }

    @Test
    void decodesAPictureOnce() throws IOException {
        given("train/a/1.png", "train/b/1.png", "test/a/1.png");
        var train = DataSets.open(root).train();
        assertThat(train.picture(0)).isSameAs(train.picture(0));
    }

    @Test
    void refusesAnEmptyFolder() throws IOException {
        root = Files.createDirectory(folder.resolve("set"));
        refuses("Folders of pictures were expected", "holds none");
    }

    @Test
    void refusesOneClass() throws IOException {
        given("train/cat/1.png", "test/cat/1.png");
        refuses("at least two classes", "holds 1, cat");
    }

    @Test
    void refusesAClassWithoutPictures() throws IOException {
        given("train/a/1.png", "train/b/1.png", "test/a/1.png");
        Files.createDirectory(root.resolve("train/c"));
        refuses("train/c is empty");
    }

    @Test
    void refusesAClassThatOnlyTestingHas() throws IOException {
        given("train/a/1.png", "train/b/1.png", "test/dog/1.png");
        refuses("test/dog/1.png is of the class dog");
    }

    @Test
    void namesAFileThatIsNoPicture() throws IOException {
        given("train/a/1.png", "train/b/1.png", "test/a/1.png");
        Files.writeString(root.resolve("train/a/1.png"), "no picture");
        assertThatThrownBy(() -> DataSets.open(root).train().picture(0)).isInstanceOf(StriateException.class)
                .hasMessageContaining("1.png is none");
    }

    @Test
    void refusesAZipThatIsNone() throws IOException {
        var file = Files.writeString(folder.resolve("broken.zip"), "PK");
        assertThatThrownBy(() -> DataSets.open(file)).isInstanceOf(StriateException.class)
                .hasMessageContaining("broken.zip cannot be read");
    }

    private void refuses(String... parts) {
        assertThatThrownBy(() -> DataSets.open(root)).isInstanceOf(StriateException.class)
                .hasMessageContainingAll(parts);
    }

    private List<String> names(DataSet set) {
        return IntStream.range(0, set.size()).mapToObj(set::name)
                .map(name -> root.relativize(Path.of(name)).toString()).toList();
    }

    private void given(String... files) throws IOException {
        root = folder.resolve("set");
        for (var file : files) write(file);
    }

    private void write(String file) throws IOException {
        Files.createDirectories(root.resolve(file).getParent());
        Pictures.write(Picture.black(4, 3, 3), root.resolve(file));
    }

    private Path zipped() throws IOException {
        var file = folder.resolve("set.zip");
        try (var zip = new ZipOutputStream(Files.newOutputStream(file)); var walk = Files.walk(root)) {
            for (var path : walk.filter(Files::isRegularFile).toList()) {
                zip.putNextEntry(new ZipEntry(root.relativize(path).toString()));
                zip.write(Files.readAllBytes(path));
            }
        }
        return file;
    }
}
