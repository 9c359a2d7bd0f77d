package dev.striate.data.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.striate.StriateException;
import dev.striate.data.picture.Picture;
import dev.striate.data.set.Classified;
import dev.striate.random.RandomStream;
import dev.striate.recipe.BatchSampling;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Five people with four pictures each, and one with a single picture.
class EpochOrderTest {
    private static final People PEOPLE = new People(21);

    @Test
    void aBatchHoldsAFewPeopleWithSeveralPicturesEach() {
        var order = order(new BatchSampling.Identities(3), 6, 1);
        assertThat(order).hasSize(21);
        for (var from = 0; from + 6 <= 21; from += 6) {
            var batch = Arrays.copyOfRange(order, from, from + 6);
            assertThat(Arrays.stream(batch).distinct().count()).isEqualTo(6);
            assertThat(Arrays.stream(batch).map(PEOPLE::label).distinct().count()).isEqualTo(2);
            assertThat(Arrays.stream(batch, 0, 3).map(PEOPLE::label).distinct().count()).isEqualTo(1);
        }
    }

    @Test
    void halfThePairsAreOfOnePerson() {
        var same = 0;
        for (var seed = 0; seed < 200; seed++) {
            var order = order(new BatchSampling.Pairs(0.5), 4, seed);
            for (var i = 0; i + 1 < order.length; i += 2) {
                assertThat(order[i]).isNotEqualTo(order[i + 1]);
                if (PEOPLE.label(order[i]) == PEOPLE.label(order[i + 1])) same++;
            }
        }
        // Of 2,000 pairs; four standard deviations are 89.
        assertThat(same).isBetween(911, 1089);
    }

    @Test
    void dependsOnTheSeedAlone() {
        assertThat(order(new BatchSampling.Identities(2), 4, 7)).isEqualTo(order(new BatchSampling.Identities(2), 4, 7))
                .isNotEqualTo(order(new BatchSampling.Identities(2), 4, 8));
        assertThat(order(new BatchSampling.Pairs(0.5), 4, 7)).isEqualTo(order(new BatchSampling.Pairs(0.5), 4, 7))
                .isNotEqualTo(order(new BatchSampling.Pairs(0.5), 4, 8));
    }

    @Test
    void refusesBatchesThatCannotBe() {
        refuses(new BatchSampling.Pairs(0.5), 5, "an even number of pictures; received 5");
        refuses(new BatchSampling.Identities(4), 6, "two identities with 4 pictures each was expected; received 6");
        refuses(new BatchSampling.Identities(2), 12, "expects 6 of these; received 5. A smaller --batch-size fits.");
        assertThatThrownBy(() -> EpochOrder.of(Loading.training(2, 1).withSampling(new BatchSampling.Pairs(0.5)),
                new People(4))).isInstanceOf(StriateException.class)
                .hasMessageContaining("two identities with two pictures each were expected; received 1");
    }

    private static void refuses(BatchSampling sampling, int batch, String sentence) {
        assertThatThrownBy(() -> order(sampling, batch, 1)).isInstanceOf(StriateException.class)
                .hasMessageContaining(sentence);
    }

    private static int[] order(BatchSampling sampling, int batch, long seed) {
        return EpochOrder.of(Loading.training(batch, seed).withSampling(sampling), PEOPLE).of(RandomStream.of(seed));
    }

    /// Picture i shows person i / 4.
    private record People(int size) implements Classified {
        @Override
        public List<String> classes() {
            return IntStream.range(0, 6).mapToObj(person -> "person " + person).toList();
        }

        @Override
        public int label(int index) {
            return index / 4;
        }

        @Override
        public String name(int index) {
            return "picture " + index;
        }

        @Override
        public Picture picture(int index) {
            return Picture.black(2, 2, 1);
        }
    }
}
