package example;

import dev.striate.graph.Layer;
import dev.striate.graph.Summary;
import dev.striate.plan.Plan;
import dev.striate.plan.PlanOptions;
import dev.striate.weights.TensorData;
import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/// Builds a network, prints its table, compiles it for the CPU and runs it.
public class Program {
    public static void main(String[] args) {
        var network = Layer.input(1, 4, 4)
                .at("sums").conv(1, 3).relu()
                .maxPool(2)
                .flatten()
                .network("largest sum of nine neighbours");
        System.out.println(Summary.folded(network));

        var weights = Map.of(
                "sums.weight", TensorData.of(List.of(1, 1, 3, 3), new float[] { 1, 1, 1, 1, 1, 1, 1, 1, 1 }),
                "sums.bias", TensorData.of(List.of(1), new float[] { 0.5f }));
        try (var plan = Plan.compile(network, weights, 1, PlanOptions.DEFAULT); var arena = Arena.ofConfined()) {
            var picture = arena.allocate(16 * Float.BYTES, 64);
            for (var i = 0; i < 16; i++) picture.setAtIndex(ValueLayout.JAVA_FLOAT, i, i);
            var answer = plan.run(picture, 1).main();
            System.out.println("The plan answers " + Arrays.toString(answer) + ".");
            // The last nine neighbours are 5 + 6 + 7 + 9 + 10 + 11 + 13 + 14 + 15 = 90.
            if (answer[0] != 90.5f) throw new AssertionError("90.5 was expected; received " + answer[0]);
        }
    }
}
