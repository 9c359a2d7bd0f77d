package dev.striate.embedding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.striate.embedding.Triplets.Triplet;
import dev.striate.random.RandomStream;
import dev.striate.recipe.Mining;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/// Pictures on a line: two of one person at 0 and 2, two of another at 1 and 5, one of a third at 9.
class TripletsTest {
    private static final double[] PLACES = { 0, 2, 1, 5, 9 };
    private static final int[] PEOPLE = { 0, 0, 1, 1, 2 };

    /// From 0 the own other is at 2: of the others at 1, 5 and 9 the nearest beyond is 5. From 5 the own other, at 1, is 4
    /// away: those at 0 and 2 are 5 and 3 away, 9 is 4 away and not beyond.
    @Test
    void semiHardNegativesAreTheNearestBeyondThePositive() {
        assertThat(mined(Mining.SEMI_HARD).triplets()).containsExactly(new Triplet(0, 1, 3), new Triplet(1, 0, 3),
                new Triplet(2, 3, 4), new Triplet(3, 2, 0));
    }

    /// From 0 the own other is 9 away, the others 4 and 5.
    @Test
    void whereNoneIsBeyondTheFarthestIsTaken() {
        var places = new double[] { 0, 9, 4, 5 };
        assertThat(Triplets.mined(squared(places), new int[] { 0, 0, 1, 2 }, Mining.SEMI_HARD, draws()).triplets())
                .containsExactly(new Triplet(0, 1, 3), new Triplet(1, 0, 2));
    }

    @Test
    void hardOnesAreTheFarthestOfTheOwnAndTheNearestOfOthers() {
        assertThat(mined(Mining.HARD).triplets()).containsExactly(new Triplet(0, 1, 2), new Triplet(1, 0, 2),
                new Triplet(2, 3, 0), new Triplet(3, 2, 1));
    }

    @Test
    void randomOnesAreOfAllPairsAndFollowTheSeed() {
        var mined = mined(Mining.RANDOM);
        assertThat(mined.triplets()).hasSize(4).allMatch(each -> PEOPLE[each.anchor()] == PEOPLE[each.positive()]
                && PEOPLE[each.anchor()] != PEOPLE[each.negative()] && each.anchor() != each.positive());
        assertThat(mined(Mining.RANDOM)).isEqualTo(mined);
    }

    @Test
    void aPersonAloneTeachesNothing() {
        assertThat(Triplets.mined(squared(new double[] { 1, 2 }), new int[] { 0, 1 }, Mining.HARD, draws()).triplets())
                .isEmpty();
        assertThat(Triplets.mined(squared(new double[] { 1, 2 }), new int[] { 3, 3 }, Mining.HARD, draws()).triplets())
                .isEmpty();
    }

    private static Triplets mined(Mining mining) {
        return Triplets.mined(squared(PLACES), PEOPLE, mining, draws());
    }

    private static RandomGenerator draws() {
        return RandomStream.of(3).draws();
    }

    private static double[][] squared(double[] places) {
        var squared = new double[places.length][places.length];
        for (var i = 0; i < places.length; i++) {
            for (var j = 0; j < places.length; j++) squared[i][j] = Math.pow(places[i] - places[j], 2);
        }
        return squared;
    }
}
