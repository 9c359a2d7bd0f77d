package dev.striate.data.labels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.striate.StriateException;
import dev.striate.box.Box;
import dev.striate.data.files.FileTree;
import dev.striate.data.picture.Picture;
import dev.striate.data.picture.Pictures;
import dev.striate.detect.Detection;
import dev.striate.graph.Size;
import dev.striate.target.Target;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class DetectionFilesTest {
    private static final List<String> CLASSES = List.of("cat", "dog & co");
    private static final Detection DOG = new Detection(new Box(10, 20, 50, 60), 1, 0.75);
    private static final Detection BEYOND = new Detection(new Box(-10, 70, 30, 90), 0, 0.5);

    @TempDir
    Path folder;

    /// Whole pixels from 1, both ends inside; what is outside the picture is cut.
    @Test
    void vocHasAnElementForTheConfidence() {
        var text = DetectionFiles.voc(picture("street.jpg"), CLASSES);

        assertThat(text).startsWith("<annotation>\n").endsWith("</annotation>\n").contains(
                "<filename>street.jpg</filename>", "<width>100</width><height>80</height>",
                "<name>dog &amp; co</name>", "<confidence>0.750000</confidence>",
                "<xmin>11</xmin><ymin>21</ymin><xmax>50</xmax><ymax>60</ymax>",
                "<xmin>1</xmin><ymin>71</ymin><xmax>30</xmax><ymax>80</ymax>");
    }

    /// Somebody mends what a detector proposes, and trains with it.
    @Test
    @Tag("native")
    void whatIsWrittenForVocIsReadAsLabels() throws IOException {
        Files.createDirectories(folder.resolve("Annotations"));
        Files.writeString(folder.resolve("Annotations/street.xml"), DetectionFiles.voc(picture("street.jpg"), CLASSES));
        Files.createDirectories(folder.resolve("JPEGImages"));
        Pictures.write(Picture.black(100, 80, 3), folder.resolve("JPEGImages/street.jpg"));

        var tree = FileTree.of(folder);
        var reading = LabelFiles.read(tree, LabelFiles.format(tree).orElseThrow());

        assertThat(reading.problems()).isEmpty();
        assertThat(reading.entries()).singleElement().extracting(Entry::answer)
                .isEqualTo(new Entry.Answer.Boxes(new Target.Objects(List.of(
                        new Target.LabelledBox(new Box(10, 20, 50, 60), reading.classes().indexOf("dog & co")),
                        new Target.LabelledBox(new Box(0, 70, 30, 80), reading.classes().indexOf("cat"))))));
    }

    /// (10 + 50) / 2 / 100, (20 + 60) / 2 / 80, 40 / 100, 40 / 80; (0 + 30) / 2 / 100, (70 + 80) / 2 / 80, …
    @Test
    void darknetHasTheConfidenceAtTheEnd() {
        assertThat(DetectionFiles.darknet(picture("street.jpg"))).isEqualTo("""
                1 0.300000 0.500000 0.400000 0.500000 0.750000
                0 0.150000 0.937500 0.300000 0.125000 0.500000
                """);
    }

    @Test
    void cocoHasAnArrayOfResultsAndTheFilesThatItsNumbersMean() {
        var pictures = List.of(picture("a/one.jpg"), picture("b/two.jpg"));
        var ids = CocoIds.numbered(List.of("a/one.jpg", "b/two.jpg"), 2);

        var results = json(CocoResults.results(pictures, ids));
        assertThat(results).hasSize(4);
        assertThat(results.get(0).toString())
                .isEqualTo("{\"image_id\":1,\"category_id\":2,\"bbox\":[10.0,20.0,40.0,40.0],\"score\":0.75}");
        assertThat(results.get(3).toString())
                .isEqualTo("{\"image_id\":2,\"category_id\":1,\"bbox\":[0.0,70.0,30.0,10.0],\"score\":0.5}");
        var images = json(CocoResults.images(pictures, CLASSES, ids));
        assertThat(images.at("/images/1").toString())
                .isEqualTo("{\"id\":2,\"file_name\":\"b/two.jpg\",\"width\":100,\"height\":80}");
        assertThat(images.at("/categories/1/name").asString()).isEqualTo("dog & co");
        assertThat(images.at("/categories/1/id").asInt()).isEqualTo(2);
        assertThat(images.get("annotations")).isEmpty();
    }

    @Test
    void picturesNamedByNumbersKeepThem() {
        assertThat(CocoIds.numbered(List.of("val/000000000139.jpg", "val/000000000285.jpg"), 1).images())
                .containsEntry("val/000000000139.jpg", 139L).containsEntry("val/000000000285.jpg", 285L);
        assertThat(CocoIds.numbered(List.of("a/7.jpg", "b/07.jpg"), 1).images())
                .as("the same number twice").containsEntry("a/7.jpg", 1L).containsEntry("b/07.jpg", 2L);
    }

    @Test
    void aGroundTruthSaysTheNumbers() throws IOException {
        var truth = Files.writeString(folder.resolve("instances.json"), """
                {"images": [{"id": 42, "file_name": "one.jpg", "width": 9, "height": 9}],
                 "categories": [{"id": 18, "name": "dog & co"}, {"id": 17, "name": "cat"}], "annotations": []}
                """);

        var ids = CocoIds.of(truth, List.of("photos/one.jpg"), CLASSES);

        assertThat(ids.images()).containsEntry("photos/one.jpg", 42L);
        assertThat(ids.categories()).containsExactly(17L, 18L);
        assertThatThrownBy(() -> CocoIds.of(truth, List.of("two.jpg"), CLASSES)).isInstanceOf(StriateException.class)
                .hasMessage("A number for the picture 'two.jpg' was expected in " + truth
                        + "; it is not named there.");
        assertThatThrownBy(() -> CocoIds.of(truth, List.of(), List.of("cow")))
                .hasMessageContaining("the class 'cow' was expected");
        var none = folder.resolve("none.json");
        assertThatThrownBy(() -> CocoIds.of(none, List.of(), CLASSES)).hasMessageContaining("there is no such file");
        var text = Files.writeString(folder.resolve("text.json"), "[]");
        assertThatThrownBy(() -> CocoIds.of(text, List.of(), CLASSES)).hasMessageContaining("is none: ");
    }

    private static FoundObjects picture(String file) {
        return new FoundObjects(file, new Size(80, 100), List.of(DOG, BEYOND));
    }

    private static JsonNode json(String text) {
        return JsonMapper.shared().readTree(text);
    }
}
