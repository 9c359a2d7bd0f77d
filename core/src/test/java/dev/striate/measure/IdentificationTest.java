package dev.striate.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.striate.StriateException;
import dev.striate.random.RandomStream;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class IdentificationTest {
    /// On a line: person 5 at 0 and 4, person 7 at 3 and 10.
    private static final Identification LINE = Identification.of(new float[][] { { 0 }, { 4 }, { 3 }, { 10 } },
            new int[] { 5, 5, 7, 7 });

    /// Enrolled 0 and 3: 4 goes to 3, 10 to 3: one of two. 0 and 10: 4 to 0, 3 to 0: one. 4 and 3: 0 to 3, 10 to 4: none.
    /// 4 and 10: 0 to 4, 3 to 4: one.
    @Test
    void countsEachWayToEnrolOnePictureOfEach() {
        assertThat(LINE.overAllChoices(1)).isCloseTo((1 + 1 + 0 + 1) / 8.0, within(1e-12));
        assertThat(LINE.overAllChoices(2)).isCloseTo(1, within(1e-12));
        assertThat(LINE.persons()).isEqualTo(2);
    }

    @Test
    void takesOneChoiceByItsSeed() {
        var shares = new TreeSet<Double>();
        for (var seed = 0; seed < 30; seed++) {
            assertThat(LINE.ofOneChoice(1, seed)).isEqualTo(LINE.ofOneChoice(1, seed));
            shares.add(LINE.ofOneChoice(1, seed));
        }
        assertThat(shares).isEqualTo(new TreeSet<>(Set.of(0.0, 0.5)));
    }

    @Test
    void doesNotTakeATieForFound() {
        var same = Identification.of(new float[4][3], new int[] { 0, 0, 1, 1 });
        assertThat(same.overAllChoices(1)).isZero();
        assertThat(same.ofOneChoice(1, 1)).isZero();
        assertThat(same.overAllChoices(2)).isEqualTo(1);
    }

    /// Four persons with 3, 2, 1 and 4 pictures: all 24 ways to enrol, counted one by one.
    @Test
    void agreesWithCountingAllWays() {
        var labels = new int[] { 0, 1, 3, 0, 2, 3, 1, 3, 0, 3 };
        var random = RandomStream.of(11);
        var embeddings = IntStream.range(0, labels.length)
                .mapToObj(i -> new float[] { (float) random.normal(2 * i), (float) random.normal(2 * i + 1) })
                .toArray(float[][]::new);
        var identification = Identification.of(embeddings, labels);
        for (var rank = 1; rank <= 4; rank++) {
            assertThat(identification.overAllChoices(rank)).as("rank %d", rank)
                    .isCloseTo(counted(embeddings, labels, rank), within(1e-12));
        }
    }

    @Test
    void refusesPicturesThatShowNothing() {
        assertThatThrownBy(() -> Identification.of(new float[3][2], new int[] { 0, 1, 2 }))
                .isInstanceOf(StriateException.class).hasMessage(
                        "Pictures of at least two persons, two of one of them, were expected; received 3 of 3.");
        assertThatThrownBy(() -> Identification.of(new float[3][2], new int[2]))
                .hasMessage("A label for each of 3 embeddings was expected; received 2.");
        assertThatThrownBy(() -> Identification.of(new float[][] { { 1 }, { 1, 2 } }, new int[2]))
                .hasMessage("Embeddings of one length were expected; number 1 has 2 values, the first 1.");
        assertThatThrownBy(() -> Identification.of(new float[][] { { 1 }, { Float.NaN } }, new int[2]))
                .hasMessage("Embeddings of finite values were expected; number 1 holds NaN.");
        assertThatThrownBy(() -> LINE.overAllChoices(3))
                .hasMessage("A rank from 1 to the number of persons, 2, was expected; received 3.");
    }

    private static double counted(float[][] embeddings, int[] labels, int rank) {
        var pictures = IntStream.range(0, 4)
                .mapToObj(person -> IntStream.range(0, labels.length).filter(i -> labels[i] == person).toArray())
                .toList();
        var sum = 0.0;
        var ways = 0;
        for (var a : pictures.get(0)) {
            for (var b : pictures.get(1)) {
                for (var c : pictures.get(2)) {
                    for (var d : pictures.get(3)) {
                        sum += share(embeddings, labels, new int[] { a, b, c, d }, rank);
                        ways++;
                    }
                }
            }
        }
        return sum / ways;
    }

    private static double share(float[][] embeddings, int[] labels, int[] enrolled, int rank) {
        var found = 0;
        for (var probe = 0; probe < labels.length; probe++) {
            if (enrolled[labels[probe]] == probe) continue;
            var at = embeddings[probe];
            var distances = Arrays.stream(enrolled).mapToDouble(i -> Math.hypot(embeddings[i][0] - at[0],
                    embeddings[i][1] - at[1])).toArray();
            var own = distances[labels[probe]];
            if (Arrays.stream(distances).filter(distance -> distance < own).count() < rank) found++;
        }
        return found / (double) (labels.length - enrolled.length);
    }
}
