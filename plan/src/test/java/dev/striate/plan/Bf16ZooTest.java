package dev.striate.plan;

import dev.striate.fixtures.Smallest;
import dev.striate.onednn.WorkerThreads;
import dev.striate.zoo.ZooEntry;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("native")
@Tag("slow")
class Bf16ZooTest {
    @ParameterizedTest
    @MethodSource("dev.striate.fixtures.Smallest#inOnePiece")
    void keepsTheOutputsOf(ZooEntry entry) {
        var network = Smallest.of(entry);
        Assumptions.assumeFalse(Smallest.isTooLarge(network), "too many weights");
        Bf16Agreement.expect(network, PlanOptions.Layout.AUTOMATIC, 1, WorkerThreads.size());
    }
}
