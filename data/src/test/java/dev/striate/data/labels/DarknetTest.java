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
class DarknetTest {
    @TempDir
    Path folder;
    private Given given;

    @BeforeEach
    void givenTwoPictures() {
        given = Given.in(folder).picture("images/a.png", 200, 100).picture("images/b.png", 100, 80)
                .text("classes.names", "ant", "cat").text("labels/b.txt", "0 0.5 0.5 1 1");
    }

    @Test
    void readsSharesOfThePicture() {
        given.text("labels/a.txt", "1 0.5 0.25 0.1 0.5", "", "0 0.75 0.5 0.5 1");
        // Centre (100, 25) and 20×50; centre (150, 50) and 100×100.
        assertThat(given.boxes()).containsExactly("a.png cat 90 0 110 50 ant 100 0 200 100", "b.png ant 0 0 100 80");
    }

    @Test
    void anEmptyFileSaysThatThereIsNothing() {
        given.text("labels/a.txt", "");
        assertThat(given.boxes()).containsExactly("a.png", "b.png ant 0 0 100 80");
        assertThat(given.reading().problems()).isEmpty();
    }

    @Test
    void readsFilesBesideTheirPicturesAndTheListsOfADataFile() {
        var beside = Given.in(folder.resolve("beside")).picture("obj/a.jpg", 10, 10).picture("obj/b.jpg", 10, 10)
                .picture("obj/c.jpg", 10, 10)
                .text("obj/a.txt", "0 0.5 0.5 1 1").text("obj/b.txt", "0 0.5 0.5 1 1")
                .text("obj/c.txt", "0 0.5 0.5 1 1")
                .text("obj.data", "classes = 1", "train = data/first.txt", "valid = data/second.txt",
                        "names = data/obj.names")
                .text("obj.names", "cat").text("first.txt", "data/obj/b.jpg", "/home/me/darknet/data/obj/c.jpg")
                .text("second.txt", "data/obj/a.jpg");
        var splits = beside.open();
        assertThat(Given.boxes(splits.train())).containsExactly("b.jpg cat 0 0 10 10", "c.jpg cat 0 0 10 10");
        assertThat(Given.boxes(splits.test())).containsExactly("a.jpg cat 0 0 10 10");
    }

    @Test
    void partsTheSetByFolders() {
        var parted = Given.in(folder.resolve("parted"));
        for (var part : new String[] { "train", "val" }) {
            parted.picture("images/" + part + "/" + part + ".png", 10, 10)
                    .text("labels/" + part + "/" + part + ".txt", "3 0.5 0.5 1 1");
        }
        var splits = parted.open();
        assertThat(Given.boxes(splits.train())).containsExactly("train.png 3 0 0 10 10");
        assertThat(Given.boxes(splits.test())).containsExactly("val.png 3 0 0 10 10");
        // Without names the numbers are names.
        assertThat(splits.train().classes()).containsExactly("0", "1", "2", "3");
    }

    @Test
    void namesTheLineOfANumberThatIsNone() {
        given.text("labels/a.txt", "1 0.5 0.5 0.1 0.5", "1 0.5 half 0.1 0.5");
        given.thenOneProblem(Kind.NUMBER, 2, "a.txt, line 2,", "no finite number");
    }

    @Test
    void namesTheLineWithTooFewNumbers() {
        given.text("labels/a.txt", "1 0.5 0.5 0.1 0.5", "1 0.5 0.5 0.1");
        given.thenOneProblem(Kind.NUMBER, 2, "a.txt, line 2,", "five numbers; received 4");
    }

    @Test
    void namesAClassBeyondTheNames() {
        given.text("labels/a.txt", "2 0.5 0.5 0.1 0.5");
        given.thenOneProblem(Kind.CLASS, 1, "a.txt, line 1,", "class '2'", "2 named");
    }

    @Test
    void refusesAClassThatIsNoWholeNumber() {
        given.text("labels/a.txt", "-1 0.5 0.5 0.1 0.5");
        given.thenOneProblem(Kind.NUMBER, 1, "a.txt, line 1,", "number of a class first; received '-1'");
    }

    @Test
    void namesABoxOutside() {
        given.text("labels/a.txt", "1 1.5 0.5 0.1 0.5");
        given.thenOneProblem(Kind.BOX, 1, "a.txt, line 1,", "outside its picture of 200×100");
    }

    @Test
    void namesAPictureWithoutLabels() {
        given.thenOneProblem(Kind.UNLABELLED, 1, "a.png", "no text file with its boxes");
    }

    @Test
    void namesLabelsWithoutAPicture() {
        given.text("labels/a.txt", "").text("labels/gone.txt", "1 0.5 0.5 0.1 0.5");
        given.thenOneProblem(Kind.PICTURE, 1, "gone.txt", "not there");
    }

    @Test
    void namesTheLineOfAListedPictureThatIsMissing() {
        given.text("labels/a.txt", "").text("train.txt", "images/a.png", "images/c.png").text("valid.txt",
                "images/b.png");
        given.thenOneProblem(Kind.PICTURE, 1, "train.txt, line 2,", "'images/c.png', which is not there");
    }

    @Test
    void refusesNamesWithAGapWhichWouldShiftNumbers() {
        given.text("labels/a.txt", "").text("classes.names", "ant", "", "cat");
        assertThatThrownBy(given::skipping).hasMessageContaining("classes.names, line 2");
    }
}
