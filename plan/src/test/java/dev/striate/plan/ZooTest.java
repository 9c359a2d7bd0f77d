package dev.striate.plan;

import dev.striate.fixtures.Smallest;
import dev.striate.graph.Costs;
import dev.striate.zoo.ZooEntry;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Networks of the zoo on small pictures, against the reference: one of each paper, and all of them where minutes do not
/// count.
@Tag("native")
class ZooTest {
    private static final long MOST_WORK = 100_000_000;

    @ParameterizedTest
    @MethodSource("dev.striate.fixtures.Smallest#ofEachPaper")
    void givesTheReferencesValuesForTheSmallestOfEachPaper(ZooEntry entry) {
        givesTheReferencesValues(entry);
    }

    @ParameterizedTest
    @MethodSource("dev.striate.fixtures.Smallest#inOnePiece")
    @Tag("slow")
    void givesTheReferencesValues(ZooEntry entry) {
        var network = Smallest.of(entry);
        Assumptions.assumeTrue(Costs.of(network).macs() < MOST_WORK, "too much work for the slow reference");
        Agreement.expect(network, PlanOptions.DEFAULT, 1, 1e-4);
    }
}
