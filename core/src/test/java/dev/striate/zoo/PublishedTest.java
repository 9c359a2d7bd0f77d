package dev.striate.zoo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.striate.zoo.Check.Verdict;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every published figure, derived again from the networks.
class PublishedTest {
    static Stream<ZooEntry> entries() {
        return Zoo.entries().stream().filter(entry -> !entry.published().isEmpty());
    }

    @ParameterizedTest
    @MethodSource("entries")
    void isWhatTheNetworkGives(ZooEntry entry) {
        assertThat(Check.of(entry)).allSatisfy(check -> assertThat(check.verdict())
                .as("%s %s %s; derived %s", entry.name(), check.published().quantity(), check.published().value(),
                        check.derived())
                .isNotEqualTo(Verdict.DIFFERS));
    }

    @Test
    void saysWhyWhereverAFigureCountsDifferently() {
        var explained = entries().flatMap(entry -> Check.of(entry).stream())
                .filter(check -> check.verdict() == Verdict.EXPLAINED)
                .toList();
        assertThat(explained).isNotEmpty().allSatisfy(check -> assertThat(check.published().why()).isNotBlank());
    }

    @Test
    void isAboutNetworksOfTheZoo() {
        assertThat(Published.networks()).allSatisfy(name -> assertThat(Zoo.entry(name).name()).isEqualTo(name));
    }
}
