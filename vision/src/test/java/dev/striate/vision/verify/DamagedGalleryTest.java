package dev.striate.vision.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.striate.StriateException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Files that are no whole gallery are told in a sentence and stay as they are; and what was forgotten is in none.
@Tag("native")
class DamagedGalleryTest {
    private static final int DIMENSIONS = 64;

    private static byte[] whole;

    @TempDir
    private Path folder;
    private Path file;

    @BeforeAll
    static void enrolThreeHundred(@TempDir Path folder) throws IOException {
        var points = new Points(DIMENSIONS, 1, 0);
        var people = new LinkedHashMap<String, List<float[]>>();
        for (var i = 0; i < 300; i++) people.put("Person " + i, List.of(points.next()));
        try (var gallery = Gallery.create(folder.resolve("gallery"), "model", DIMENSIONS, Double.NaN)) {
            gallery.enrol(people);
        }
        whole = Files.readAllBytes(folder.resolve("gallery"));
    }

    @BeforeEach
    void copy() throws IOException {
        file = Files.write(folder.resolve("gallery"), whole);
    }

    @Test
    void aTextFileIsNoGallery() throws IOException {
        Files.writeString(file, "Anna, Bert and Cora. ".repeat(20));
        thenRefused("file of another kind");
    }

    @Test
    void anEmptyFileIsNoGalleryButBecomesOne() throws IOException {
        Files.write(file, new byte[0]);
        thenRefused("file of another kind");
        Gallery.create(file, "model", DIMENSIONS, Double.NaN).close();
        Gallery.open(file).close();
    }

    @Test
    void anotherProgramsDatabaseIsNoGallery() throws Exception {
        Files.delete(file);
        executed("CREATE TABLE person(id INTEGER PRIMARY KEY, name TEXT)");
        thenRefused("file of another kind");
    }

    @Test
    void aNewerFormatIsTold() throws Exception {
        executed("PRAGMA user_version = 2");
        thenRefused("format 1 was expected", "format 2, of a newer Striate");
    }

    @Test
    void aMissingFileAndAFolderAreTold() {
        assertThatThrownBy(() -> Gallery.open(folder.resolve("none"))).hasMessageContaining("there is no such file");
        assertThatThrownBy(() -> Gallery.open(folder)).hasMessageContaining("folder");
        assertThatThrownBy(() -> Gallery.create(folder.resolve("none/gallery"), "model", 1, 1))
                .isInstanceOf(StriateException.class).hasMessageContaining("its folder is missing");
    }

    @Test
    void aTruncatedGalleryIsTold() throws IOException {
        Files.write(file, Arrays.copyOf(whole, whole.length / 2));
        thenRefused("damaged");
    }

    @Test
    void anOverwrittenMiddleIsTold() throws IOException {
        var bytes = whole.clone();
        Arrays.fill(bytes, bytes.length / 2 - 3000, bytes.length / 2 + 3000, (byte) 0x5a);
        Files.write(file, bytes);
        thenRefused("gallery");
    }

    @Test
    void oneWrongBitOfAnEmbeddingIsTold() throws IOException {
        var bytes = whole.clone();
        bytes[at(bytes, Embeddings.bytes(new Points(DIMENSIONS, 1, 0).next())) + 9] ^= 4;
        Files.write(file, bytes);
        thenRefused("embedding 1 in it does not have its checksum");
    }

    @Test
    void oneWrongLetterOfANameIsTold() throws IOException {
        var bytes = whole.clone();
        bytes[at(bytes, "Person 137".getBytes(StandardCharsets.UTF_8))] = 'V';
        Files.write(file, bytes);
        thenRefused("SQLite finds in it");
    }

    @Test
    void nothingOfTheForgottenIsLeftInTheFiles() throws IOException {
        var points = new Points(DIMENSIONS, 1, 5);
        var face = points.next();
        try (var gallery = Gallery.open(file)) {
            gallery.enrol("Somebody Else", List.of(face, points.next()));
            assertThat(gallery.nearest(face, 1)).containsExactly(new Match("Somebody Else", 0));
            assertThat(gallery.forget("Somebody Else")).isEqualTo(2);
            assertThat(gallery.forget("Somebody Else")).isZero();
            assertThat(gallery.size()).isEqualTo(300);
            try (var files = Files.list(folder)) {
                for (var each : files.toList()) {
                    var bytes = Files.readAllBytes(each);
                    assertThat(at(bytes, Embeddings.bytes(face))).as(each.toString()).isEqualTo(-1);
                    assertThat(at(bytes, "Somebody".getBytes(StandardCharsets.UTF_8))).isEqualTo(-1);
                }
            }
        }
    }

    private void executed(String text) throws SQLException {
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file)) {
            Sql.run(connection, text);
        }
    }

    private void thenRefused(String... parts) throws IOException {
        var before = Files.readAllBytes(file);
        assertThatThrownBy(() -> Gallery.open(file)).isInstanceOf(StriateException.class)
                .hasMessageContaining(file.toString()).hasMessageContainingAll(parts).hasMessageEndingWith(".");
        assertThat(file).hasBinaryContent(before);
    }

    private static int at(byte[] bytes, byte[] part) {
        for (var i = 0; i <= bytes.length - part.length; i++) {
            if (Arrays.equals(bytes, i, i + part.length, part, 0, part.length)) return i;
        }
        return -1;
    }
}
