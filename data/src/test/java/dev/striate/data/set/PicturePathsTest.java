package dev.striate.data.set;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.striate.StriateException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PicturePathsTest {
    @TempDir
    Path folder;

    @BeforeEach
    void givenPicturesAndOtherFiles() throws IOException {
        for (var file : List.of("b.jpg", "a.JPG", "notes.txt", ".hidden.jpg", "cats/1.png", "cats/small/2.webp")) {
            Files.createDirectories(folder.resolve(file).getParent());
            Files.writeString(folder.resolve(file), "whatever is in it");
        }
    }

    @Test
    void aFolderIsAllPicturesInAndBelowIt() {
        assertThat(PicturePaths.of(folder.toString())).containsExactly(folder.resolve("a.JPG"), folder.resolve("b.jpg"),
                folder.resolve("cats/1.png"), folder.resolve("cats/small/2.webp"));
    }

    @Test
    void aPatternIsTheFilesThatItFits() {
        assertThat(PicturePaths.of(folder + "/*.jpg")).containsExactly(folder.resolve("b.jpg"));
        assertThat(PicturePaths.of(folder + "/*.{jpg,txt}")).containsExactly(folder.resolve("b.jpg"),
                folder.resolve("notes.txt"));
        assertThat(PicturePaths.of(folder + "/c*/?.png")).containsExactly(folder.resolve("cats/1.png"));
        assertThat(PicturePaths.of(folder + "/**.webp")).containsExactly(folder.resolve("cats/small/2.webp"));
    }

    @Test
    void aPatternOfTheWorkingFolderGivesNamesWithoutADot() {
        assertThat(PicturePaths.of("*.xml")).containsExactly(Path.of("pom.xml"));
    }

    @Test
    void aFileIsItselfWhetherItExistsOrNot() throws IOException {
        var strange = Files.writeString(folder.resolve("[1].jpg"), "a name that looks like a pattern");
        assertThat(PicturePaths.of(strange.toString())).containsExactly(strange);
        assertThat(PicturePaths.of("gone.jpg")).containsExactly(Path.of("gone.jpg"));
    }

    @Test
    void refusesWhatNamesNoPicture() throws IOException {
        var empty = Files.createDirectory(folder.resolve("empty"));
        assertThatThrownBy(() -> PicturePaths.of(empty.toString())).isInstanceOf(StriateException.class)
                .hasMessage("Pictures were expected in the folder " + empty + "; it holds none.");
        assertThatThrownBy(() -> PicturePaths.of(folder + "/*.gif")).isInstanceOf(StriateException.class)
                .hasMessage("No file fits the pattern '" + folder + "/*.gif'.");
        assertThatThrownBy(() -> PicturePaths.of("nowhere/*.jpg")).isInstanceOf(StriateException.class)
                .hasMessage("No file fits the pattern 'nowhere/*.jpg'.");
        assertThatThrownBy(() -> PicturePaths.of("photos/[.jpg")).isInstanceOf(StriateException.class)
                .hasMessageStartingWith("A pattern as in photos/*.jpg was expected; received 'photos/[.jpg'");
    }
}
