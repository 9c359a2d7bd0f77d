package dev.striate.data.set;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.striate.StriateException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CifarTest {
    @TempDir
    Path folder;

    @Test
    void readsCifar10FromItsPlanes() throws IOException {
        givenCifar10();
        var splits = DataSets.open(folder);
        assertThat(splits.train().size()).isEqualTo(10);
        assertThat(splits.train().classes()).hasSize(10).startsWith("class0");
        assertThat(splits.train().label(3)).isEqualTo(4);
        var picture = splits.train().picture(3);
        assertThat(new int[] { picture.at(5, 6, 0), picture.at(5, 6, 1), picture.at(5, 6, 2) })
                .containsExactly(10, 20, 30);
        assertThat(splits.train().name(3)).endsWith("data_batch_2.bin#1");
        assertThat(splits.test().size()).isEqualTo(2);
    }

    @Test
    void readsTheFineLabelsOfCifar100() throws IOException {
        var unpacked = Files.createDirectory(folder.resolve("cifar-100-binary"));
        names(unpacked.resolve("fine_label_names.txt"), 100);
        Files.write(unpacked.resolve("train.bin"), record(7, 99));
        Files.write(unpacked.resolve("test.bin"), record(3, 42));
        var splits = DataSets.open(folder);
        assertThat(splits.train().label(0)).isEqualTo(99);
        assertThat(splits.test().label(0)).isEqualTo(42);
        assertThat(splits.test().picture(0).at(0, 0, 2)).isEqualTo(30);
    }

    @Test
    void refusesAFileThatIsCutOff() throws IOException {
        givenCifar10();
        Files.write(folder.resolve("data_batch_4.bin"), Arrays.copyOf(record(1), 3000));
        assertThatThrownBy(() -> DataSets.open(folder)).isInstanceOf(StriateException.class)
                .hasMessageContainingAll("data_batch_4.bin has 3000 bytes", "3073");
    }

    @Test
    void refusesALabelOutOfRange() throws IOException {
        givenCifar10();
        Files.write(folder.resolve("test_batch.bin"), record(10));
        assertThatThrownBy(() -> DataSets.open(folder)).isInstanceOf(StriateException.class)
                .hasMessageContaining("test_batch.bin#0 is 10");
    }

    @Test
    void refusesAMissingFile() throws IOException {
        givenCifar10();
        Files.delete(folder.resolve("data_batch_5.bin"));
        assertThatThrownBy(() -> DataSets.open(folder)).isInstanceOf(StriateException.class)
                .hasMessageContaining("data_batch_5.bin");
    }

    private void givenCifar10() throws IOException {
        names(folder.resolve("batches.meta.txt"), 10);
        for (var i = 1; i <= 5; i++) {
            var two = Arrays.copyOf(record(i), 2 * 3073);
            System.arraycopy(record(i + 2), 0, two, 3073, 3073);
            Files.write(folder.resolve("data_batch_" + i + ".bin"), two);
        }
        Files.copy(folder.resolve("data_batch_1.bin"), folder.resolve("test_batch.bin"));
    }

    /// Labels, then a red plane of 10, a green of 20, a blue of 30.
    private static byte[] record(int... labels) {
        var bytes = new byte[labels.length + 3 * 1024];
        for (var i = 0; i < labels.length; i++) bytes[i] = (byte) labels[i];
        for (var plane = 0; plane < 3; plane++) {
            var from = labels.length + plane * 1024;
            Arrays.fill(bytes, from, from + 1024, (byte) (10 * (plane + 1)));
        }
        return bytes;
    }

    private static void names(Path file, int count) throws IOException {
        Files.writeString(file, IntStream.range(0, count).mapToObj(i -> "class" + i)
                .collect(Collectors.joining("\n", "", "\n\n")));
    }
}
