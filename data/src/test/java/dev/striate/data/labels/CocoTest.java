package dev.striate.data.labels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.striate.data.labels.Problem.Kind;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("native")
class CocoTest {
    private static final String TRAIN = "annotations/instances_train2017.json";

    @TempDir
    Path folder;
    private Given given;

    @BeforeEach
    void givenAPicture() {
        given = Given.in(folder).picture("train2017/a.png", 100, 80);
    }

    @Test
    void readsCornersAndSizesAndCategoriesByName() {
        json("""
                {"annotations": [
                   {"id": 1, "image_id": 7, "category_id": 90, "bbox": [10, 20.5, 30, 40], "iscrowd": 0, "area": 1,
                    "segmentation": [[1, 2, 3, 4, 5, 6]]},
                   {"id": 2, "image_id": 7, "category_id": 18, "bbox": [0, 0, 100, 80], "iscrowd": 1,
                    "segmentation": {"counts": "abc", "size": [80, 100]}}],
                 "categories": [{"id": 90, "name": "cat"}, {"id": 18, "name": "ant", "supercategory": "animal"}],
                 "images": [{"id": 7, "file_name": "a.png", "width": 100, "height": 80}],
                 "info": {"year": 2017}}
                """);
        assertThat(given.boxes()).containsExactly("a.png cat 10 20.5 40 60.5 ant? 0 0 100 80");
        assertThat(given.reading().classes()).containsExactly("ant", "cat");
    }

    @Test
    void knowsPartsByTheirFilesNamesAndCategoriesByTheirsWhateverTheirNumbers() {
        given.picture("val2017/b.png", 100, 80).picture("val2017/c.png", 100, 80);
        json("""
                {"images": [{"id": 1, "file_name": "a.png"}], "categories": [{"id": 1, "name": "cat"}],
                 "annotations": [{"id": 1, "image_id": 1, "category_id": 1, "bbox": [0, 0, 9, 9]}]}
                """);
        given.text("annotations/instances_val2017.json", """
                {"images": [{"id": "x", "file_name": "b.png"}, {"id": "y", "file_name": "c.png"}],
                 "categories": [{"id": 1, "name": "ant"}, {"id": 2, "name": "cat"}],
                 "annotations": [{"id": 1, "image_id": "x", "category_id": 2, "bbox": [1, 1, 9, 9]}]}
                """);
        given.text("annotations/captions_val2017.json", "{\"images\": [], \"annotations\": []}");
        var splits = given.open();
        assertThat(splits.train().classes()).containsExactly("ant", "cat");
        assertThat(Given.boxes(splits.train())).containsExactly("a.png cat 0 0 9 9");
        assertThat(Given.boxes(splits.test())).containsExactly("b.png cat 1 1 10 10", "c.png");
    }

    @Test
    void opensAFileBesideItsPictures() {
        given.text("train2017/_annotations.coco.json", content("{\"id\": 1, \"image_id\": 1, \"category_id\": 1, "
                + "\"bbox\": [0, 0, 9, 9]}"));
        assertThat(given.boxes()).containsExactly("a.png cat 0 0 9 9");
    }

    @Test
    void namesThePlaceOfABoxWithoutArea() {
        annotations("{\"id\": 17, \"image_id\": 1, \"category_id\": 1, \"bbox\": [5, 5, 0, 9]}");
        given.thenOneProblem(Kind.BOX, 0, TRAIN + ", line 3, column 17, annotation 17,", "without area");
    }

    @Test
    void namesANumberThatIsNone() {
        annotations("{\"id\": 17, \"image_id\": 1, \"category_id\": 1, \"bbox\": [5, NaN, 9, 9]},\n"
                + "{\"id\": 18, \"image_id\": 1, \"category_id\": 1, \"bbox\": [5, 5, 9, 9]}");
        given.thenOneProblem(Kind.NUMBER, 1, TRAIN + ", line 3,", "annotation 17,", "no finite number");
    }

    @Test
    void namesABoxOfThreeNumbers() {
        annotations("{\"id\": 17, \"image_id\": 1, \"category_id\": 1, \"bbox\": [5, 5, 9]}");
        given.thenOneProblem(Kind.NUMBER, 0, "annotation 17,", "four numbers as its box; received 3");
    }

    @Test
    void namesACategoryThatIsNotListed() {
        annotations("{\"id\": 17, \"image_id\": 1, \"category_id\": 4, \"bbox\": [5, 5, 9, 9]}");
        given.thenOneProblem(Kind.CLASS, 0, "annotation 17,", "category '4', which is not listed");
    }

    @Test
    void namesAnAnnotationOfNoImage() {
        annotations("{\"id\": 17, \"image_id\": 3, \"category_id\": 1, \"bbox\": [5, 5, 9, 9]}");
        given.thenOneProblem(Kind.PICTURE, 0, "annotation 17,", "image '3', which is not listed");
    }

    @Test
    void namesAPictureThatIsMissing() {
        json(content("").replace("\"images\": [", "\"images\": [{\"id\": 2, \"file_name\": \"b.png\"}, "));
        given.thenOneProblem(Kind.PICTURE, 0, TRAIN + ", line 1,", "picture 'b.png', which is not there");
    }

    @Test
    void namesAnImageListedTwice() {
        json(content("").replace("\"images\": [", "\"images\": [{\"id\": 2, \"file_name\": \"a.png\"}, "));
        given.thenOneProblem(Kind.DUPLICATE, 0, TRAIN + ", line 1,", "a.png a second time");
    }

    @Test
    void namesThePlaceWhereTheFileBreaksOff() {
        json("{\"images\": [{\"id\": 1,\n \"file_name\": \"a.p");
        assertThatThrownBy(given::open).hasMessageContaining(TRAIN + ", line 2, column ")
                .hasMessageContaining("is no JSON");
        assertThatThrownBy(given::skipping).hasMessageContaining("none that can be used");
    }

    @Test
    void namesAnEmptyFile() {
        json("");
        assertThatThrownBy(given::open).hasMessageContaining(TRAIN).hasMessageContaining("is no JSON");
    }

    /// A set of one class, cat, and the picture a.png; annotations begin in line 3.
    private void annotations(String annotations) {
        json(content(annotations));
    }

    private static String content(String annotations) {
        return "{\"images\": [{\"id\": 1, \"file_name\": \"a.png\"}],\n \"categories\": [{\"id\": 1, \"name\": \"cat\"}],\n"
                + "\"annotations\": [" + annotations + "]}";
    }

    private void json(String text) {
        given.text(TRAIN, text);
    }
}
