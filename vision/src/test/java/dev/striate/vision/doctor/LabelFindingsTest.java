package dev.striate.vision.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.striate.data.convert.Conversion;
import dev.striate.data.convert.PictureCopies;
import dev.striate.data.labels.Format;
import dev.striate.data.scene.Scenes;
import dev.striate.data.set.BadLabels;
import dev.striate.data.set.DataSets;
import dev.striate.fixtures.SharedFiles;
import dev.striate.graph.Size;
import dev.striate.vision.doctor.Finding.Severity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("native")
class LabelFindingsTest {
    @TempDir
    private Path folder;
    private Path set;

    @BeforeEach
    void writeScenes() {
        set = folder.resolve("set");
        Conversion.write(DataSets.scenes(Scenes.USUAL.withSize(Size.square(64)).withObjects(2, 4), false, 1, 30, 20),
                set, Format.VOC, PictureCopies.COPY);
    }

    @Test
    void findsNothingWrongInScenes() {
        assertThat(report().isSound()).isTrue();
        assertThat(report().counted()).isEqualTo("objects");
        assertThat(report().toString()).contains("train: 30 pictures, ", " objects of 8 classes");
    }

    @Test
    void listsEveryBadLabelWithItsFileAndLine() throws IOException {
        label(1, object("circle", 1, 1, 30, 30) + "\n" + object("hexagon", 1, 1, 30, 30) + "\n"
                + object("star", 40, 40, 20, 60));
        Files.writeString(set.resolve("Annotations/train-000002.xml"), "");
        Files.delete(set.resolve("JPEGImages/train-000003.png"));
        finds(Severity.ERROR, "not named: 1", "train-000001.xml, line 3,");
        finds(Severity.ERROR, "without area", "train-000001.xml, line 4,");
        finds(Severity.ERROR, "label files that cannot be read: 1", "train-000002.xml, line 1, is empty");
        finds(Severity.ERROR, "missing or cannot be read: 1", "train-000003.xml");
        assertThat(report().isSound()).isFalse();
    }

    @Test
    void findsBoxesThatTrainingWouldLeaveOutAndObjectsMarkedTwice() throws IOException {
        label(4, object("circle", 5, 5, 5, 40) + object("ring", 1, 1, 40, 40) + object("ring", 1, 1, 40, 41)
                + object("star", 1, 1, 40, 41));
        finds(Severity.WARNING, "boxes less than 2 pixels wide or high, which training leaves out: 1",
                "train-000004.png");
        finds(Severity.WARNING, "objects marked twice: 1", "train-000004.png");
    }

    @Test
    void findsPicturesWithoutObjectsAndBoxesThatWereCut() throws IOException {
        label(5, "");
        label(6, object("circle", 5, 5, 70, 40));
        finds(Severity.NOTE, "pictures without objects: 1", "train-000005.png");
        finds(Severity.NOTE, "beyond their picture: 1", "6.0 pixels beyond");
    }

    @Test
    void findsMasksThatSayLittle() throws IOException {
        var masks = folder.resolve("masks");
        Conversion.write(DataSets.scenes(Scenes.USUAL.withSize(Size.square(64)), true, 1, 30, 20), masks, Format.MASKS,
                PictureCopies.COPY);
        Files.writeString(masks.resolve("classes.txt"), "ground\ncircle\n");
        var report = DataSetReport.of(DataSets.open(masks, BadLabels.SKIP));
        assertThat(report.counted()).isEqualTo("pixels");
        assertThat(report.findings()).anySatisfy(finding -> assertThat(finding.what())
                .contains("objects or pixels of a class that is not named"));
    }

    @Test
    @Tag("shared")
    void findsTheTwoBoxesOfOnePixelAmongTheBloodCells() {
        var report = DataSetReport.of(DataSets.open(SharedFiles.file("data/bccd.zip")));
        assertThat(report.findings()).anySatisfy(finding -> {
            assertThat(finding.what()).startsWith("boxes less than 2 pixels").endsWith(": 2");
            assertThat(finding.examples().toString()).contains("BloodImage_00338", "BloodImage_00343");
        });
    }

    @Test
    void showsBoxesOnItsPage() throws IOException {
        label(5, "");
        var page = folder.resolve("page.html");
        Page.write(report(), DataSets.open(set), page);
        assertThat(Files.readString(page)).contains("pictures without objects", "data:image/png;base64,");
    }

    private DataSetReport report() {
        return DataSetReport.of(DataSets.open(set, BadLabels.SKIP));
    }

    private void finds(Severity severity, String what, String example) {
        assertThat(report().findings()).anySatisfy(finding -> {
            assertThat(finding.severity()).isEqualTo(severity);
            assertThat(finding.what()).contains(what);
            assertThat(finding.examples().toString()).contains(example);
        });
    }

    /// Other labels for a training picture, from line 2 on.
    private void label(int number, String objects) throws IOException {
        Files.writeString(set.resolve(String.format("Annotations/train-%06d.xml", number)),
                "<annotation>\n" + objects + "\n</annotation>");
    }

    private static String object(String name, int left, int top, int right, int bottom) {
        return "<object><name>" + name + "</name><bndbox><xmin>" + left + "</xmin><ymin>" + top + "</ymin><xmax>"
                + right
                + "</xmax><ymax>" + bottom + "</ymax></bndbox></object>";
    }
}
