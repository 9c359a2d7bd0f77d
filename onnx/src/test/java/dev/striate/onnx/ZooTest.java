package dev.striate.onnx;

import static org.junit.jupiter.api.Assumptions.assumeFalse;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession.SessionOptions.OptLevel;
import dev.striate.fixtures.Smallest;
import dev.striate.zoo.ZooEntry;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Networks of the zoo on small pictures: ONNX Runtime against our plan.
@Tag("native")
class ZooTest {
    @ParameterizedTest
    @MethodSource("dev.striate.fixtures.Smallest#ofEachPaper")
    void runsTheSmallestOfEachPaperAsOurPlanDoes(ZooEntry entry) throws OrtException {
        runsAsOurPlanDoes(entry);
    }

    @ParameterizedTest
    @MethodSource("dev.striate.fixtures.Smallest#inOnePiece")
    @Tag("slow")
    void runsAsOurPlanDoes(ZooEntry entry) throws OrtException {
        var network = Smallest.of(entry);
        assumeFalse(Smallest.isTooLarge(network), "takes seconds: -Dstriate.giants=true runs it");
        Agreement.expect(network, 1, OptLevel.ALL_OPT);
    }
}
