package dev.striate.data.set;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.striate.StriateException;
import dev.striate.data.picture.Picture;
import dev.striate.target.Target;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class JoinedTest {
    private static final Splits ANIMALS = splits("animals", 6, "cat", "dog");
    private static final Splits MORE = splits("more", 3, "dog", "emu");

    @Test
    void trainsByThePicturesOfAllInTurn() {
        var train = Splits.joined(List.of(ANIMALS, MORE)).train();
        assertThat(names(train)).containsExactly("animals 0", "more 0", "animals 1", "animals 2", "more 1", "animals 3",
                "animals 4", "more 2", "animals 5");
        assertThat(train.limit(2).size()).isEqualTo(2);
    }

    @Test
    void hasTheClassesOfAll() {
        var joined = Splits.joined(List.of(ANIMALS, MORE));
        assertThat(joined.name()).isEqualTo("animals + more");
        assertThat(joined.train().classes()).containsExactly("cat", "dog", "emu");
        assertThat(joined.train().label(names(joined.train()).indexOf("more 1"))).isEqualTo(2);
        assertThat(joined.train().label(names(joined.train()).indexOf("more 0"))).isEqualTo(1);
    }

    @Test
    void testsByTheFirst() {
        var joined = Splits.joined(List.of(ANIMALS, MORE));
        assertThat(names(joined.test())).isEqualTo(names(ANIMALS.test()));
        assertThat(joined.test().classes()).isEqualTo(joined.train().classes());
    }

    @Test
    void placesAreJoinedByASign() {
        assertThat(DataSets.place("digits + scenes")).isEqualTo("digits + scenes");
        var opened = DataSets.open("scenes + digits");
        assertThat(opened.name()).isEqualTo("scenes + digits");
        assertThat(opened.train().classes()).hasSize(18).startsWith("circle").endsWith("9");
        assertThat(opened.train().target(0)).isInstanceOf(Target.Objects.class);
        assertThat(IntStream.range(0, 6).mapToObj(opened.train()::target)).anyMatch(Target.Label.class::isInstance);
    }

    @Test
    void picturesAreLabelledAmongMoreClasses() {
        var among = ANIMALS.among(List.of("thing", "dog", "cat"));
        assertThat(among.test().classes()).containsExactly("thing", "dog", "cat");
        assertThat(among.train().label(0)).isEqualTo(2);
        assertThat(among.train().label(1)).isEqualTo(1);
    }

    @Test
    void refusesAClassThatIsNotThere() {
        assertThatThrownBy(() -> MORE.among(List.of("thing", "dog", "cat"))).isInstanceOf(StriateException.class)
                .hasMessage(
                        "Pictures of some of the 3 classes thing, dog, cat were expected; received some of the class "
                                + "'emu'.");
    }

    private static List<String> names(DataSet set) {
        return IntStream.range(0, set.size()).mapToObj(set::name).toList();
    }

    private static Splits splits(String name, int train, String... classes) {
        return new Splits(name, new Numbered(name, List.of(classes), train), Optional.empty(),
                new Numbered(name + " test", List.of(classes), 2), true);
    }

    /// Pictures whose classes take turns.
    private record Numbered(String called, List<String> classes, int size) implements DataSet {
        @Override
        public Target target(int index) {
            return new Target.Label(index % classes.size());
        }

        @Override
        public String name(int index) {
            return called + " " + index;
        }

        @Override
        public Picture picture(int index) {
            return Picture.black(2, 2, 1);
        }
    }
}
