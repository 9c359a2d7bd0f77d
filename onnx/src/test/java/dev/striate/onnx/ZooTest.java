package dev.striate.onnx;

import static org.junit.jupiter.api.Assumptions.assumeFalse;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession.SessionOptions.OptLevel;
import dev.striate.StriateException;
import dev.striate.graph.Costs;
import dev.striate.graph.Network;
import dev.striate.graph.Shape;
import dev.striate.zoo.Entry;
import dev.striate.zoo.Zoo;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every network of the zoo on small pictures: ONNX Runtime against our plan.
@Tag("native")
class ZooTest {
    private static final long MOST_PARAMETERS = 40_000_000;

    @ParameterizedTest
    @MethodSource("entries")
    void runsAsOurPlanDoes(Entry entry) throws OrtException {
        var network = smallest(entry);
        var giant = Costs.of(network).parameters() > MOST_PARAMETERS && !Boolean.getBoolean("striate.giants");
        assumeFalse(giant, "takes seconds: -Dstriate.giants=true runs it");
        Agreement.expect(network, 1, OptLevel.ALL_OPT);
    }

    static Stream<Entry> entries() {
        return Zoo.entries().stream();
    }

    /// The network for the smallest pictures that it takes.
    private static Network smallest(Entry entry) {
        for (var side : new int[] { 28, 32, 64, 75, 96, 128, 160, 192 }) {
            try {
                return entry.network(new Shape(entry.input().channels(), side, side), 10);
            } catch (StriateException _) {
                // Too small for its layers.
            }
        }
        return entry.network(entry.input(), 10);
    }
}
