package dev.striate.bench.table;

import static org.assertj.core.api.Assertions.assertThat;

import dev.striate.cli.Contender;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class TimingTest {
    @Test
    void theMedianAndTheQuartilesLieBetweenRuns() {
        var timing = new Timing(List.of(4.0, 1.0, 2.0, 3.0));
        assertThat(timing.median()).isEqualTo(2.5);
        assertThat(timing.quantile(0.25)).isEqualTo(1.75);
        assertThat(timing.spread()).isEqualTo(0.3); // (3.25 − 1.75) / 2 / 2.5
    }

    @Test
    void aTaskPassesThroughACommandLine() {
        var task = new WorkItem(Contender.PYTORCH_COMPILED, true, Path.of("/models/resnet18.safetensors"), 8, 2, 0.5,
                12L);
        assertThat(WorkItem.parse(task.arguments().toArray(String[]::new))).isEqualTo(task);
    }
}
