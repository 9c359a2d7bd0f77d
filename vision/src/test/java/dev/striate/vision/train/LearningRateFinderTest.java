package dev.striate.vision.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.striate.StriateException;
import dev.striate.data.set.Splits;
import dev.striate.torch.Device;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("native")
class LearningRateFinderTest {
    @TempDir
    private Path folder;
    private Splits splits;
    private Run run;

    @BeforeEach
    void makePictures() throws IOException {
        var data = Sample.pictures(folder.resolve("data"), 16);
        splits = Sample.open(data);
        run = Sample.run(splits, data, 1);
    }

    @Test
    void suggestsARateBelowTheOneAtWhichTheLossIsLowest() {
        var search = LearningRateFinder.of(run, splits.train(), Device.CPU, 60);
        var lowest = search.points().stream().min((a, b) -> Double.compare(a.loss(), b.loss())).orElseThrow();
        assertThat(search.suggestion()).isLessThan(lowest.rate()).isBetween(1e-5, 1.0);
        assertThat(search.points()).isSortedAccordingTo((a, b) -> Double.compare(a.rate(), b.rate()));
        assertThat(search.points().getFirst().rate()).isEqualTo(1e-6);
        assertThat(search.picture().width()).isGreaterThan(300);
    }

    @Test
    void findsTheSameTwice() {
        var first = LearningRateFinder.of(run, splits.train(), Device.CPU, 20);
        assertThat(LearningRateFinder.of(run, splits.train(), Device.CPU, 20)).isEqualTo(first);
    }

    @Test
    void oneRateIsNoSearch() {
        assertThatThrownBy(() -> LearningRateFinder.of(run, splits.train(), Device.CPU, 1))
                .isInstanceOf(StriateException.class).hasMessageContaining("received 1");
    }
}
