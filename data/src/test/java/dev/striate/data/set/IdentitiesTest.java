package dev.striate.data.set;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.striate.StriateException;
import dev.striate.data.picture.Picture;
import dev.striate.data.picture.Pictures;
import dev.striate.files.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Sets of whose pictures it matters whom they show.
@Tag("native")
class IdentitiesTest {
    @TempDir
    Path folder;

    @Test
    void eachIdentityIsInOnePartAlone() {
        var splits = people(12).apart(1);
        var parts = List.of(shown(splits.train()), shown(splits.validation().orElseThrow()), shown(splits.test()));

        assertThat(parts.stream().map(Set::size)).containsExactly(7, 2, 3);
        assertThat(parts.stream().flatMap(Set::stream)).doesNotHaveDuplicates().hasSize(12);
        assertThat(splits.train().size() + splits.validation().orElseThrow().size() + splits.test().size())
                .isEqualTo(60);
        assertThat(shown(people(12).apart(1).test())).isEqualTo(parts.getLast());
        assertThat(shown(people(12).apart(2).test())).isNotEqualTo(parts.getLast());
    }

    /// Each has five pictures.
    @Test
    void fewPicturesStillShowSomeIdentitiesSeveralTimes() {
        var few = people(12).apart(1, 10);

        assertThat(LongStream.of(few.train().counts()).filter(count -> count > 0)).containsExactly(4L, 4L, 2L);
        assertThat(LongStream.of(few.validation().orElseThrow().counts()).filter(count -> count > 0))
                .containsExactly(5L, 5L);
        assertThat(shown(people(12).apart(1).train())).containsAll(shown(few.train()));
    }

    @Test
    void refusesTooFewIdentities() {
        assertThatThrownBy(() -> people(5).apart(1)).isInstanceOf(StriateException.class)
                .hasMessageContaining("At least 6 identities were expected").hasMessageContaining("received 5");
    }

    /// A mark in the upper left corner goes to the right, then down, then to the left.
    @Test
    void turnsMakeFurtherClasses() {
        people(12);
        var turned = DataSets.open("rotated:" + folder);
        var train = turned.train();
        var plain = DataSets.open(folder).train();

        assertThat(train.size()).isEqualTo(4 * plain.size());
        assertThat(train.classes()).hasSize(48).contains("p03", "p03 90°", "p03 180°", "p03 270°");
        assertThat(turned.test().classes()).isEqualTo(train.classes());
        for (var turn = 0; turn < 4; turn++) {
            var picture = train.picture(turn);
            assertThat(train.label(turn)).isEqualTo(plain.label(0) + 12 * turn);
            assertThat(picture.width()).isEqualTo(turn % 2 == 0 ? 3 : 2);
            assertThat(picture.at(turn == 1 || turn == 2 ? picture.width() - 1 : 0,
                    turn >= 2 ? picture.height() - 1 : 0, 0)).as("turn %d", turn).isEqualTo(255);
        }
    }

    @Test
    void readsOmniglotsAlphabetsAndHoldsCharactersBack() throws IOException {
        for (var alphabet : new String[] { "Greek", "Latin" }) {
            for (var character = 0; character < 10; character++) {
                for (var i = 0; i < 2; i++) {
                    write("images_background_small1/" + alphabet + "/character" + character + "/" + i + ".png");
                }
            }
        }
        var splits = DataSets.open(folder);

        assertThat(splits.train().classes()).hasSize(20).startsWith("Greek/character0").endsWith("Latin/character9");
        assertThat(shown(splits.validation().orElseThrow())).containsExactlyInAnyOrder("Greek/character9",
                "Latin/character9");
        assertThat(splits.train().size()).isEqualTo(36);
        assertThat(splits.apart(3)).isSameAs(splits);
    }

    @Test
    void readsOneShotRuns() throws IOException {
        for (var file : new String[] { "training/class01.png", "training/class02.png", "test/item01.png",
                "test/item02.png" }) {
            write("run01/" + file);
        }
        var answers = folder.resolve("run01/class_labels.txt");
        Files.writeString(answers,
                "run01/test/item01.png run01/training/class02.png\nrun01/test/item02.png run01/training/class01.png\n");
        var run = OneShotRuns.read(folder).runs().getFirst();

        assertThat(run.candidates().classes()).containsExactly("class01", "class02");
        assertThat(IntStream.range(0, 2).map(run.tests()::label)).containsExactly(1, 0);

        Files.writeString(answers, "run01/test/item01.png run01/training/class03.png\n");
        assertThatThrownBy(() -> OneShotRuns.read(folder)).isInstanceOf(StriateException.class)
                .hasMessageContaining("line 1 of").hasMessageContaining("class03.png");
    }

    /// Five pictures of each, 3×2 with a white upper left corner.
    private Splits people(int count) {
        for (var person = 0; person < count; person++) {
            for (var i = 0; i < 5; i++) write(String.format(Locale.ROOT, "p%02d/%d.png", person, i));
        }
        return DataSets.open(folder);
    }

    private void write(String file) {
        var picture = Picture.black(3, 2, 1);
        picture.pixels()[0] = (byte) 255;
        var target = folder.resolve(file);
        Folders.make(target.getParent());
        Pictures.write(picture, target);
    }

    private static Set<String> shown(DataSet part) {
        return IntStream.range(0, part.size()).mapToObj(i -> part.classes().get(part.label(i)))
                .collect(Collectors.toSet());
    }
}
