package dev.striate.bench.table;

import static org.assertj.core.api.Assertions.assertThat;

import dev.striate.cli.Benchmark.Request;
import dev.striate.cli.Contender;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("native")
class SpeedTableTest {
    @TempDir
    Path folder;

    @Test
    void everyEngineOfTheJvmInfersTheSame() {
        var engines = Arrays.stream(Contender.values())
                .filter(contender -> !contender.isPython() && !contender.roundsValues())
                .toList();
        var report = run("googlenet_small", false, engines);
        assertThat(report.rows()).hasSameSizeAs(engines).allSatisfy(row -> {
            assertThat(row.absence()).as(row.contender().label()).isEmpty();
            assertThat(row.turns()).hasSize(1);
            assertThat(row.picturesPerSecond()).isPositive();
            assertThat(row.firstResultSeconds()).isBetween(0.0, 120.0);
            assertThat(row.turns().getFirst().outputs()).hasSize(8);
        });
        assertThat(Report.disagreeing(report.rows())).isEmpty();
        assertThat(report.peakGflops()).isPositive();
    }

    @Test
    void int8HasItsOwnOutputs() {
        var report = run("lenet5", false, List.of(Contender.INT8));
        assertThat(report.rows()).singleElement().extracting(Row::isMeasured).isEqualTo(true);
    }

    @Test
    void everyEngineOfTheJvmThatCanTrainsAStep() {
        var report = run("googlenet_small", true, List.of(Contender.PLAN, Contender.TORCH, Contender.DJL));
        assertThat(report.rows()).extracting(Row::contender).containsExactly(Contender.TORCH, Contender.DJL);
        assertThat(report.rows()).allSatisfy(row -> assertThat(row.absence()).isEmpty());
    }

    private Report run(String network, boolean training, List<Contender> engines) {
        var said = new ArrayList<String>();
        var request = new Request(List.of(network), List.of(2), engines, training, 1, 0.02, 1, Optional.of(folder),
                false, Optional.empty());
        var answer = new SpeedTable().run(request, said::add);
        assertThat(said).hasSizeGreaterThan(engines.size() / 2);
        assertThat(answer.text()).contains(network);
        return (Report) answer.json();
    }
}
