package dev.striate.data.convert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.striate.StriateException;
import dev.striate.data.labels.Format;
import dev.striate.data.scene.Scenes;
import dev.striate.data.set.DataSet;
import dev.striate.data.set.DataSets;
import dev.striate.data.set.Splits;
import dev.striate.graph.Size;
import dev.striate.target.Target;
import dev.striate.target.Target.LabelledBox;
import dev.striate.target.Target.Mask;
import dev.striate.fixtures.SharedFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("native")
class ConversionTest {
    @TempDir
    Path folder;

    /// Whole pixels come through every format; Darknet's rounding moves an edge of 64 pixels by less than 0.0001.
    @ParameterizedTest
    @CsvSource({ "VOC, 0", "COCO, 0", "DARKNET, 0.0001" })
    void givesBackTheBoxesThatWereWritten(Format format, double tolerance) {
        var scenes = scenes(false);
        var outcome = Conversion.write(scenes, folder.resolve("set"), format, PictureCopies.COPY);
        assertThat(outcome.pictures()).isEqualTo(13);
        var back = DataSets.open(folder.resolve("set"));
        assertThat(back.train().classes()).isEqualTo(scenes.train().classes());
        thenSameBoxes(back.train(), scenes.train(), tolerance);
        thenSameBoxes(back.test(), scenes.test(), tolerance);
        assertThat(back.train().picture(3)).isEqualTo(scenes.train().picture(3));
    }

    @Test
    void givesBackTheMasksThatWereWritten() {
        var scenes = scenes(true);
        Conversion.write(scenes, folder.resolve("set"), Format.MASKS, PictureCopies.COPY);
        var back = DataSets.open(folder.resolve("set"));
        assertThat(back.train().classes()).isEqualTo(scenes.train().classes());
        for (var i = 0; i < 8; i++)
            assertThat(mask(back.train(), i).classes()).isEqualTo(mask(scenes.train(), i).classes());
    }

    @Test
    @Tag("shared")
    void convertsTheBloodCellsThroughAllFormatsAndBack() {
        var file = SharedFiles.file("data/bccd.zip");
        var cells = DataSets.open(file);
        var coco = through(cells, Format.COCO);
        var darknet = through(coco, Format.DARKNET);
        var voc = through(darknet, Format.VOC);
        assertThat(voc.train().classes()).isEqualTo(cells.train().classes());
        assertThat(names(voc.train())).isEqualTo(names(cells.train()));
        // Half a millionth of 640 pixels for the centre, a quarter for half the width.
        thenSameBoxes(darknet.train(), cells.train(), 0.0006);
        // VOC rounds to whole pixels, which is what these were.
        thenSameBoxes(voc.train(), cells.train(), 0);
        thenSameBoxes(voc.validation().orElseThrow(), cells.validation().orElseThrow(), 0);
        thenSameBoxes(voc.test(), cells.test(), 0);
    }

    @Test
    void linksToPicturesWhereTheyLie() {
        Conversion.write(scenes(false), folder.resolve("voc"), Format.VOC, PictureCopies.COPY);
        Conversion.write(DataSets.open(folder.resolve("voc")), folder.resolve("coco"), Format.COCO, PictureCopies.LINK);
        var linked = folder.resolve("coco/train/train-000000.png");
        assertThat(linked).isSymbolicLink();
        assertThat(DataSets.open(folder.resolve("coco")).train().size()).isEqualTo(8);
    }

    @Test
    void writesLabelsAlone() {
        Conversion.write(scenes(false), folder.resolve("labels"), Format.DARKNET, PictureCopies.NONE);
        assertThat(folder.resolve("labels/labels/train/train-000007.txt")).exists();
        assertThat(folder.resolve("labels/images/train/train-000007.png")).doesNotExist();
    }

    @Test
    void refusesToWriteOverAFolder() throws IOException {
        Files.createDirectory(folder.resolve("there"));
        refuses(scenes(false), "there", Format.VOC, "there exists");
    }

    @Test
    void refusesBoxesAsMasksAndClassesAsBoxesAndLeavesNothing() throws IOException {
        refuses(scenes(false), "a", Format.MASKS, "masks were expected");
        refuses(scenes(true), "b", Format.VOC, "boxes were expected");
        refuses(DataSets.open("digits").limit(3), "c", Format.COCO, "boxes were expected");
        try (var left = Files.list(folder)) {
            assertThat(left).isEmpty();
        }
    }

    private void refuses(Splits splits, String name, Format format, String message) {
        assertThatThrownBy(() -> Conversion.write(splits, folder.resolve(name), format, PictureCopies.COPY))
                .isInstanceOf(StriateException.class).hasMessageContaining(message);
    }

    private Splits through(Splits splits, Format format) {
        var place = folder.resolve(format.label());
        Conversion.write(splits, place, format, PictureCopies.COPY);
        return DataSets.open(place);
    }

    private static void thenSameBoxes(DataSet set, DataSet expected, double tolerance) {
        assertThat(set.size()).isEqualTo(expected.size());
        for (var i = 0; i < set.size(); i++) {
            var boxes = boxes(set, i);
            var wanted = boxes(expected, i);
            assertThat(boxes).hasSameSizeAs(wanted);
            for (var j = 0; j < boxes.size(); j++) {
                assertThat(boxes.get(j).label()).isEqualTo(wanted.get(j).label());
                var box = boxes.get(j).box();
                var other = wanted.get(j).box();
                assertThat(box.left()).isCloseTo(other.left(), within(tolerance));
                assertThat(box.top()).isCloseTo(other.top(), within(tolerance));
                assertThat(box.right()).isCloseTo(other.right(), within(tolerance));
                assertThat(box.bottom()).isCloseTo(other.bottom(), within(tolerance));
            }
        }
    }

    private static Splits scenes(boolean masks) {
        return DataSets.scenes(Scenes.USUAL.withSize(Size.square(64)), masks, 1, 8, 5);
    }

    private static List<LabelledBox> boxes(DataSet set, int index) {
        return ((Target.Objects) set.target(index)).boxes();
    }

    private static Mask mask(DataSet set, int index) {
        return (Mask) set.target(index);
    }

    private static String names(DataSet set) {
        return IntStream.range(0, set.size()).mapToObj(set::name).map(name -> name.replaceAll(".*[/#]", ""))
                .collect(Collectors.joining(" "));
    }
}
