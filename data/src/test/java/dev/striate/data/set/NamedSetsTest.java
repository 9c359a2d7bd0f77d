package dev.striate.data.set;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.striate.StriateException;
import dev.striate.fixtures.SharedFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NamedSetsTest {
    @Test
    void saysHowToGetASetThatIsMissing(@TempDir Path folder) {
        assertThatThrownBy(() -> DataSets.named("fashion-mnist", List.of(folder), BadLabels.FAIL))
                .isInstanceOf(StriateException.class)
                .hasMessageContainingAll(folder.toString(), "Debian's package dataset-fashion-mnist");
    }

    @Test
    void listsTheNamesItKnows(@TempDir Path folder) {
        assertThatThrownBy(() -> DataSets.named("minst", List.of(folder), BadLabels.FAIL))
                .isInstanceOf(StriateException.class)
                .hasMessageContainingAll("cifar10, cifar100, fashion-mnist, mnist", "received minst");
    }

    @Test
    @Tag("shared")
    void opensMnist() {
        var splits = DataSets.named("mnist", List.of(SharedFiles.file("data/mnist").getParent()),
                BadLabels.FAIL);
        assertThat(splits.train().size()).isEqualTo(60_000);
        assertThat(splits.test().size()).isEqualTo(10_000);
        // As published: the counts of the ten digits in the training part, and its first label, a five.
        assertThat(splits.train().counts()).containsExactly(5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949);
        assertThat(splits.train().label(0)).isEqualTo(5);
        assertThat(splits.train().picture(59_999).width()).isEqualTo(28);
    }

    @Test
    @Tag("native")
    @Tag("shared")
    void opensCifarAsClassFoldersInAZip() {
        var splits = DataSets.open(SharedFiles.file("data/cifar10.zip"));
        assertThat(splits.train().counts()).containsOnly(5000).hasSize(10);
        assertThat(splits.test().counts()).containsOnly(1000);
        assertThat(splits.train().classes()).startsWith("airplane", "automobile", "bird");
        assertThat(splits.train().picture(49_999).toString()).isEqualTo("32×32 RGB");
    }

    @Test
    void opensDebiansFashionMnist() {
        var folder = Path.of("/usr/share/datasets/fashion-mnist");
        Assumptions.assumeTrue(Files.exists(folder), "Debian's package dataset-fashion-mnist is not installed");
        var splits = DataSets.open("fashion-mnist");
        assertThat(splits.train().classes().get(splits.train().label(0))).isEqualTo("Ankle boot");
        assertThat(splits.train().counts()).containsOnly(6000);
    }
}
