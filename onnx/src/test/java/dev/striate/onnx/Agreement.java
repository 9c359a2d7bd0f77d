package dev.striate.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession.SessionOptions.OptLevel;
import dev.striate.graph.Network;
import dev.striate.plan.Plan;
import dev.striate.plan.PlanOptions;
import java.lang.foreign.Arena;

/// Compares what ONNX Runtime makes of a file with what a plan gives.
final class Agreement {
    private static final double RELATIVE = 1e-4;

    private Agreement() {}

    /// With all of the runtime's optimisations and with none of them.
    static void expect(Network network, int n) throws OrtException {
        for (var level : new OptLevel[] { OptLevel.NO_OPT, OptLevel.ALL_OPT }) expect(network, n, level);
    }

    static void expect(Network network, int n, OptLevel optimisation) throws OrtException {
        var model = Sample.model(network);
        var shape = network.input();
        var pictures = Sample.pictures(shape, n);
        try (var arena = Arena.ofConfined();
                var plan = Plan.compile(network, model.tensors(), n, PlanOptions.DEFAULT);
                var runtime = new Runtime(OnnxFile.of(model).bytes(), optimisation)) {
            var expected = plan.run(Sample.channelsLast(arena, shape, pictures), n);
            var values = runtime.run(shape, pictures);
            assertThat(values.keySet()).containsExactlyElementsOf(expected.values().keySet());
            values.forEach((output, given) -> expectClose(given, expected.get(output),
                    network.name() + ", '" + output + "', " + optimisation));
        }
    }

    private static void expectClose(float[] values, float[] expected, String what) {
        assertThat(values).as(what).hasSameSizeAs(expected);
        var largest = 0.0;
        for (var value : expected) largest = Math.max(largest, Math.abs(value));
        assertThat(largest).as("%s: the largest value", what).isFinite().isPositive();
        for (var i = 0; i < values.length; i++) {
            assertThat((double) values[i]).as("%s, value %d", what, i)
                    .isCloseTo(expected[i], within(RELATIVE * largest));
        }
    }
}
