package dev.striate.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.striate.StriateException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RandomStreamTest {
    private static final int MANY = 200_000;

    @ParameterizedTest
    @ValueSource(longs = { 0, 1, -1, 1234567, Long.MIN_VALUE })
    void givesTheBitsOfTheJdksSplitMix(long seed) {
        var jdk = new SplittableRandom(seed);
        var expected = LongStream.generate(jdk::nextLong).limit(100).toArray();

        assertThat(LongStream.range(0, 100).map(RandomStream.of(seed)::bits).toArray()).isEqualTo(expected);
    }

    @Test
    void readsTheSameNumbersInOrderAndByIndex() {
        var stream = RandomStream.of(3).at("x");
        var draws = stream.draws();

        assertThat(draws.nextLong()).isEqualTo(stream.bits(0));
        assertThat(draws.nextDouble()).isEqualTo(stream.uniform(1));
        assertThat(draws.nextGaussian()).isEqualTo(stream.normal(2));
    }

    @Test
    void givesEachNumberAndEachNameAStreamOfItsOwn() {
        var run = RandomStream.of(0);
        var keys = new HashSet<Long>();
        for (var i = -5_000; i < 5_000; i++) {
            keys.add(run.at(i).key());
            keys.add(run.at("layer" + i).key());
            keys.add(run.at(i).at(1).key());
            keys.add(run.at(1).at(i).key());
        }

        assertThat(keys).hasSizeGreaterThanOrEqualTo(4 * 10_000 - 1); // at(1).at(1) is there twice
        assertThat(run.at("a").at("b")).isNotEqualTo(run.at("b").at("a")).isNotEqualTo(run.at("ab"));
    }

    @Test
    void spreadsUniformNumbersEvenly() {
        var stream = RandomStream.of(11).at("uniform");
        var x = IntStream.range(0, MANY).mapToDouble(stream::uniform).toArray();

        assertThat(Arrays.stream(x).allMatch(v -> v >= 0 && v < 1)).isTrue();
        assertThat(mean(x)).isCloseTo(0.5, within(5 * Math.sqrt(1.0 / 12 / MANY)));
        assertThat(variance(x)).isCloseTo(1.0 / 12, within(1e-3));
    }

    @Test
    void givesNormalNumbersTheirFirstFourMoments() {
        var stream = RandomStream.of(12).at("normal");
        var x = IntStream.range(0, MANY).mapToDouble(stream::normal).toArray();

        assertThat(mean(x)).isCloseTo(0, within(5 / Math.sqrt(MANY)));
        assertThat(variance(x)).isCloseTo(1, within(5 * Math.sqrt(2.0 / MANY)));
        assertThat(Arrays.stream(x).map(v -> v * v * v).average().orElseThrow()).isCloseTo(0, within(0.05));
        assertThat(Arrays.stream(x).map(v -> v * v * v * v).average().orElseThrow()).isCloseTo(3, within(0.12));
    }

    /// The variance of a normal number cut at ±2 is `1 − 4φ(2)/(1 − 2Φ(−2))` = 0.7737.
    @Test
    void keepsTruncatedNormalNumbersWithinTwoDeviations() {
        var stream = RandomStream.of(13);
        var x = IntStream.range(0, MANY).mapToDouble(stream::truncatedNormal).toArray();

        assertThat(Arrays.stream(x).map(Math::abs).max().orElseThrow()).isBetween(1.99, 2.0);
        assertThat(variance(x)).isCloseTo(0.7737, within(0.01));
    }

    /// Expected: `√2·erfinv(2p − 1)` in 50 digits.
    @ParameterizedTest
    @CsvSource({ "0.001, -3.09023230616781354", "0.025, -1.95996398454005423", "0.07, -1.47579102817917066",
            "0.25, -0.674489750196081743", "0.5, 0", "0.6, 0.253347103135799797", "0.975, 1.95996398454005423",
            "1e-12, -7.03448382530113193", "1e-30, -11.4640246884436157" })
    void invertsTheNormalDistribution(double p, double expected) {
        assertThat(Normal.quantile(p)).isCloseTo(expected, within(4e-15 * Math.max(1, Math.abs(expected))));
    }

    @Test
    void drawsBelowANumberWithoutBias() {
        var draws = RandomStream.of(5).draws();
        var counts = new int[6];
        for (var i = 0; i < MANY; i++) counts[draws.nextInt(6)]++;

        assertThat(chiSquare(counts)).isLessThan(20.5); // 5 degrees of freedom, p = 0.001
    }

    @Test
    void shufflesIntoEachOrderEquallyOften() {
        var run = RandomStream.of(6);
        var orders = new HashMap<String, Integer>();
        for (var i = 0; i < 24_000; i++) orders.merge(Arrays.toString(run.at(i).permutation(4)), 1, Integer::sum);

        assertThat(orders).hasSize(24);
        assertThat(chiSquare(orders.values().stream().mapToInt(i -> i).toArray())).isLessThan(49.7); // 23, p = 0.001
    }

    @Test
    void shufflesEveryNumberOnce() {
        var order = RandomStream.of(7).permutation(1000);

        assertThat(Arrays.stream(order).sorted().toArray()).isEqualTo(IntStream.range(0, 1000).toArray());
        assertThat(order).isEqualTo(RandomStream.of(7).permutation(1000));
        assertThat(RandomStream.of(7).permutation(0)).isEmpty();
    }

    @Test
    void refusesAPermutationOfLessThanNothing() {
        assertThatThrownBy(() -> RandomStream.of(7).permutation(-1))
                .isInstanceOf(StriateException.class)
                .hasMessageContaining("received -1");
    }

    @Test
    void letsAnEventHappenAsOftenAsItsProbability() {
        var draws = RandomStream.of(8).draws();

        assertThat(IntStream.range(0, MANY).filter(_ -> draws.chance(0.3)).count() / (double) MANY)
                .isCloseTo(0.3, within(0.006));
        assertThat(draws.chance(0)).isFalse();
        assertThat(draws.chance(1)).isTrue();
        assertThat(draws.between(2, 2)).isEqualTo(2);
    }

    private static double mean(double[] x) {
        return Arrays.stream(x).average().orElseThrow();
    }

    private static double variance(double[] x) {
        var mean = mean(x);
        return Arrays.stream(x).map(v -> (v - mean) * (v - mean)).average().orElseThrow();
    }

    private static double chiSquare(int[] counts) {
        var expected = Arrays.stream(counts).average().orElseThrow();
        return Arrays.stream(counts).mapToDouble(n -> (n - expected) * (n - expected) / expected).sum();
    }
}
