package dev.striate.data.labels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.striate.data.labels.Problem.Kind;
import dev.striate.data.set.DataSets;
import dev.striate.fixtures.SharedFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("native")
class VocTest {
    @TempDir
    Path folder;

    @Test
    void countsFromOneAndBothEndsAreInside() {
        given().text("Annotations/a.xml", annotation(object("cat", 1, 1, 100, 80), object("ant", 11, 21, 11, 22)));
        assertThat(given().boxes()).containsExactly("a.png cat 0 0 100 80 ant 10 20 11 22");
        assertThat(given().reading().classes()).containsExactly("ant", "cat");
    }

    @Test
    void takesOnlyWholeObjectsNotTheirParts() {
        given().text("Annotations/a.xml", "<annotation>",
                "<object><name>man</name><difficult>1</difficult>",
                "<bndbox><xmax>20.5</xmax><xmin>1</xmin><ymin>1</ymin><ymax>30</ymax></bndbox>",
                "<part><name>head</name><bndbox><xmin>2</xmin><ymin>2</ymin><xmax>3</xmax><ymax>3</ymax></bndbox></part>",
                "</object></annotation>");
        assertThat(given().boxes()).containsExactly("a.png man? 0 0 20.5 30");
    }

    @Test
    void aPictureWithoutObjectsIsLegal() {
        given().text("Annotations/a.xml", annotation(object("cat", 1, 1, 9, 9)));
        picture("b").text("Annotations/b.xml", annotation());
        assertThat(given().boxes()).containsExactly("a.png cat 0 0 9 9", "b.png");
    }

    @Test
    void takesThePartsFromTheLists() {
        for (var name : new String[] { "a", "b", "c", "d" }) {
            picture(name).text("Annotations/" + name + ".xml", annotation(object("cat", 1, 1, 9, 9)));
        }
        lists("train", "c").text("ImageSets/Main/val.txt", "b").text("ImageSets/Main/test.txt", "a")
                .text("ImageSets/Main/trainval.txt", "b", "c").text("ImageSets/Main/cat_train.txt", "d -1");
        var splits = given().open();
        assertThat(Given.boxes(splits.train())).containsExactly("c.png cat 0 0 9 9");
        assertThat(Given.boxes(splits.validation().orElseThrow())).containsExactly("b.png cat 0 0 9 9");
        assertThat(Given.boxes(splits.test())).containsExactly("a.png cat 0 0 9 9");
        assertThat(splits.given()).isTrue();
    }

    @Test
    void everyFifthPictureIsForTestingWhereNothingPartsTheSet() {
        for (var i = 0; i < 10; i++) {
            picture("p" + i).text("Annotations/p" + i + ".xml", annotation(object("cat", 1, 1, 9, 9)));
        }
        var splits = given().open();
        assertThat(Given.boxes(splits.test())).containsExactly("p4.png cat 0 0 9 9", "p9.png cat 0 0 9 9");
        assertThat(splits.given()).isFalse();
    }

    @Test
    void opensFilesBesideTheirPicturesPartedByFolders() {
        var given = Given.in(folder);
        for (var part : new String[] { "train", "valid", "test" }) {
            given.picture(part + "/1.jpg", 100, 80).text(part + "/1.xml", annotation(object(part, 1, 1, 9, 9)));
        }
        var splits = given.open();
        assertThat(Given.boxes(splits.train())).containsExactly("1.jpg train 0 0 9 9");
        assertThat(Given.boxes(splits.validation().orElseThrow())).containsExactly("1.jpg valid 0 0 9 9");
    }

    @Test
    void aNamesFileGivesTheOrderOfTheClasses() {
        given().text("Annotations/a.xml", annotation(object("cat", 1, 1, 9, 9))).text("classes.txt", "dog", "cat", "");
        assertThat(given().reading().classes()).containsExactly("dog", "cat");
    }

    @Test
    void aBoxUpToAPixelBeyondThePictureIsCutWithoutAWord() {
        given().text("Annotations/a.xml", annotation(object("cat", 0, 0, 101, 81)));
        assertThat(given().boxes()).containsExactly("a.png cat 0 0 100 80");
        assertThat(given().reading().problems()).isEmpty();
    }

    @Test
    void aBoxFurtherBeyondIsCutAndReported() {
        given().text("Annotations/a.xml", annotation(object("cat", 1, 1, 104, 20)));
        assertThat(given().boxes()).containsExactly("a.png cat 0 0 100 20");
        assertThat(given().reading().problems()).singleElement().hasToString(
                at("a.xml, line 4,") + " has a box that reaches 4.0 pixels beyond its picture of 100×80");
    }

    @Test
    void namesTheLineOfABoxOutsideThePicture() {
        given().text("Annotations/a.xml", annotation(object("cat", 1, 1, 9, 9), object("cat", 201, 1, 220, 9)));
        given().thenOneProblem(Kind.BOX, 1, at("a.xml, line 5,"), "outside its picture of 100×80",
                "(200.0, 0.0) to (220.0, 9.0)");
    }

    @Test
    void namesTheLineOfABoxWithoutArea() {
        given().text("Annotations/a.xml", annotation(object("cat", 1, 1, 9, 9), object("cat", 30, 1, 20, 9)));
        given().thenOneProblem(Kind.BOX, 1, at("a.xml, line 5,"), "without area");
    }

    @Test
    void namesWhatIsNoNumber() {
        given().text("Annotations/a.xml", annotation(object("cat", 1, 1, 9, 9),
                object("cat", 1, 1, 9, 9).replace("<ymax>9", "<ymax>nine")));
        given().thenOneProblem(Kind.NUMBER, 1, at("a.xml, line 5,"), "no number as ymax: 'nine'");
    }

    @Test
    void refusesNotANumberAsACorner() {
        given().text("Annotations/a.xml", annotation(object("cat", 1, 1, 9, 9).replace("<ymax>9", "<ymax>NaN")));
        picture("b").text("Annotations/b.xml", annotation());
        given().thenOneProblem(Kind.NUMBER, 0, at("a.xml, line 4,"), "'NaN'");
    }

    @Test
    void refusesTwoNamesForOneObject() {
        given().text("classes.txt", "cat", "dog").text("Annotations/a.xml", annotation(object("cat", 1, 1, 9, 9)
                .replace("<name>", "<name>dog</name><name>")));
        given().thenOneProblem(Kind.CLASS, 0, at("a.xml, line 4,"), "'dog and cat'");
    }

    @Test
    void namesAClassThatTheNamesFileLacks() {
        given().text("Annotations/a.xml", annotation(object("cat", 1, 1, 9, 9), object("cow", 1, 1, 9, 9)))
                .text("classes.txt", "cat");
        given().thenOneProblem(Kind.CLASS, 1, at("a.xml, line 5,"), "'cow'");
    }

    @Test
    void namesLabelsOfAMissingPicture() {
        given().text("Annotations/a.xml", annotation(object("cat", 1, 1, 9, 9)))
                .text("Annotations/gone.xml", annotation(object("cat", 1, 1, 9, 9)));
        given().thenOneProblem(Kind.PICTURE, 1, at("gone.xml"), "not there");
    }

    @Test
    void namesAPictureThatIsNone() {
        given().text("Annotations/a.xml", annotation(object("cat", 1, 1, 9, 9)))
                .text("Annotations/b.xml", annotation(object("cat", 1, 1, 9, 9)))
                .bytes("JPEGImages/b.jpg", new byte[0]);
        given().thenOneProblem(Kind.PICTURE, 1, "b.jpg", "is empty");
    }

    @Test
    void refusesLabelsForAPictureOfAnotherSize() {
        given().text("Annotations/a.xml", annotation(object("cat", 1, 1, 9, 9)));
        picture("b").text("Annotations/b.xml", "<annotation><size><width>80</width><height>100</height></size>",
                object("cat", 1, 1, 9, 9), "</annotation>");
        given().thenOneProblem(Kind.SIZE, 1, at("b.xml"), "for a picture of 80×100", "is 100×80");
    }

    @Test
    void namesAnEmptyFile() {
        given().text("Annotations/a.xml", annotation(object("cat", 1, 1, 9, 9)));
        picture("b").text("Annotations/b.xml");
        given().thenOneProblem(Kind.FILE, 1, at("b.xml, line 1,"), "is empty");
    }

    @Test
    void namesTheLineWhereAFileBreaksOff() {
        given().text("Annotations/a.xml", annotation(object("cat", 1, 1, 9, 9)));
        picture("b").text("Annotations/b.xml", "<annotation>", "<object>", "<name>cat");
        given().thenOneProblem(Kind.FILE, 1, at("b.xml, line 3,"), "is no XML");
    }

    @Test
    void namesAFileAboutSomethingElse() {
        given().text("Annotations/a.xml", annotation(object("cat", 1, 1, 9, 9)));
        picture("b").text("Annotations/b.xml", "<html>", "</html>");
        given().thenOneProblem(Kind.FILE, 1, at("b.xml, line 1,"), "<html>");
    }

    @Test
    void refusesADocumentTypeThatWouldGrowOrReadOtherFiles() throws IOException {
        var secret = Files.writeString(folder.resolve("secret"), "secret");
        given().text("Annotations/a.xml", annotation(object("cat", 1, 1, 9, 9)));
        picture("b").text("Annotations/b.xml", "<?xml version='1.0'?>",
                "<!DOCTYPE annotation [<!ENTITY a 'aaaaaaaaaa'>",
                "<!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;'>", "<!ENTITY c SYSTEM '" + secret.toUri() + "'>]>",
                "<annotation><object><name>&b;&c;</name></object></annotation>");
        given().thenOneProblem(Kind.FILE, 1, at("b.xml, line "), "document type, which is refused");
        assertThat(given().reading().problems().toString()).doesNotContain("secret");
    }

    @Test
    void namesAFileThatIsTooLargeToBeOne() {
        given().text("Annotations/a.xml", annotation(object("cat", 1, 1, 9, 9)));
        var large = new byte[Texts.MOST_BYTES + 1];
        Arrays.fill(large, (byte) ' ');
        picture("b").bytes("Annotations/b.xml", large);
        given().thenOneProblem(Kind.FILE, 1, at("b.xml"), "32 MiB");
    }

    @Test
    void namesTheLineOfAListThatIsWrong() {
        given().text("Annotations/a.xml", annotation(object("cat", 1, 1, 9, 9)));
        picture("b").text("Annotations/b.xml", annotation(object("cat", 1, 1, 9, 9)));
        lists("train", "a", "gone").text("ImageSets/Main/test.txt", "b");
        given().thenOneProblem(Kind.UNLABELLED, 2, at("train.txt, line 2,").replace("Annotations", "ImageSets/Main"),
                "'gone'");
        lists("train", "a", "b");
        given().thenOneProblem(Kind.DUPLICATE, 2, "test.txt, line 1,", "a second time, after", "train.txt, line 2");
    }

    @Test
    void countsAllProblemsAndShowsTheFirst() {
        given().text("Annotations/a.xml", annotation(object("cat", 1, 1, 9, 9)));
        for (var i = 0; i < 20; i++) given().text("Annotations/gone" + i + ".xml", annotation());
        assertThatThrownBy(() -> given().open()).hasMessageContaining("20 cannot").hasMessageContaining("gone0.xml")
                .hasMessageNotContaining("gone9.xml");
        for (var i = 0; i < 5; i++) {
            picture("b" + i).text("Annotations/b" + i + ".xml", annotation(object("cat", 1, 1, 9, 9)));
        }
        assertThat(given().skipping().problems()).hasSize(20);
        assertThat(given().skipping().train().size()).isEqualTo(5);
    }

    @Test
    @Tag("shared")
    void opensTheBloodCells() {
        var file = SharedFiles.file("data/bccd.zip");
        var splits = DataSets.open(file);
        // As a count of the elements in its XML files, by part, has it.
        assertThat(splits.train().classes()).containsExactly("Platelets", "RBC", "WBC");
        assertThat(splits.train().size()).isEqualTo(205);
        assertThat(splits.validation().orElseThrow().size()).isEqualTo(87);
        assertThat(splits.test().size()).isEqualTo(72);
        assertThat(splits.train().counts()[0] + splits.validation().orElseThrow().counts()[0]
                + splits.test().counts()[0]).isEqualTo(361);
        assertThat(splits.problems()).isEmpty();
    }

    /// A set of one picture, a.png of 100×80, without labels.
    private Given given() {
        return Files.exists(folder.resolve("set")) ? Given.in(folder) : picture("a");
    }

    private Given picture(String name) {
        return Given.in(folder).picture("JPEGImages/" + name + ".png", 100, 80);
    }

    private Given lists(String part, String... names) {
        return Given.in(folder).text("ImageSets/Main/" + part + ".txt", names);
    }

    private String at(String file) {
        return folder.resolve("set").resolve("Annotations").resolve(file).toString();
    }

    /// Objects begin in line 4, one to a line.
    private static String[] annotation(String... objects) {
        var lines = new ArrayList<String>();
        lines.add("<annotation>");
        lines.add("<folder>set</folder>");
        lines.add("<size><width>100</width><height>80</height><depth>3</depth></size>");
        lines.addAll(Arrays.asList(objects));
        lines.add("</annotation>");
        return lines.toArray(String[]::new);
    }

    private static String object(String name, int left, int top, int right, int bottom) {
        return "<object><name>" + name + "</name><bndbox><xmin>" + left + "</xmin><ymin>" + top + "</ymin><xmax>"
                + right
                + "</xmax><ymax>" + bottom + "</ymax></bndbox></object>";
    }
}
