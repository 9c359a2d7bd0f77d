package dev.striate.plan;

import dev.striate.fixtures.Formula;
import dev.striate.fixtures.TorchvisionFile;
import java.lang.foreign.Arena;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Compares plans with torchvision.
@Tag("native")
@Tag("shared")
class PublishedNetworksTest {
    @ParameterizedTest
    @MethodSource("dev.striate.fixtures.TorchvisionFile#all")
    void givesTorchvisionsLogits(TorchvisionFile file) {
        var network = file.network();
        var n = file.pictures();
        try (var arena = Arena.ofConfined();
                var plan = Plan.compile(network, Formula.tensors(network), n, PlanOptions.DEFAULT)) {
            file.expect(plan.run(Formula.pictures(arena, network.input(), n), n).main());
        }
    }
}
