package dev.striate.data.set;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.striate.StriateException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdxTest {
    @TempDir
    Path folder;

    @BeforeEach
    void givenASmallSet() throws IOException {
        write("train-images-idx3-ubyte.gz", pictures(3, 2, 2, 12));
        write("train-labels-idx1-ubyte.gz", labels(3, 0, 2, 1));
        write("t10k-images-idx3-ubyte", pictures(1, 2, 2, 4));
        write("t10k-labels-idx1-ubyte", labels(1, 2));
    }

    @Test
    void readsPicturesAndLabelsGzippedOrNot() {
        var splits = DataSets.open(folder);
        assertThat(splits.train().classes()).containsExactly("0", "1", "2");
        assertThat(splits.train().size()).isEqualTo(3);
        assertThat(splits.train().label(1)).isEqualTo(2);
        assertThat(splits.train().picture(1).pixels()).containsExactly(4, 5, 6, 7);
        assertThat(splits.train().name(1)).endsWith("train-images-idx3-ubyte.gz#1");
        assertThat(splits.test().picture(0).pixels()).containsExactly(0, 1, 2, 3);
        assertThat(splits.given()).isTrue();
    }

    @Test
    void refusesAWrongMagicNumber() throws IOException {
        write("train-images-idx3-ubyte.gz", labels(3, 1, 1, 1));
        refuses("begins with 2051", "train-images-idx3-ubyte.gz begins with 2049");
    }

    @Test
    void refusesAFileThatIsCutOff() throws IOException {
        write("train-images-idx3-ubyte.gz", pictures(3, 2, 2, 11));
        refuses("holds 12 values", "ends after 11");
    }

    @Test
    void refusesADamagedGzip() throws IOException {
        var file = folder.resolve("train-images-idx3-ubyte.gz");
        var whole = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(whole, whole.length - 12));
        refuses("train-images-idx3-ubyte.gz is cut off or damaged");
    }

    @Test
    void refusesCountsThatDiffer() throws IOException {
        write("train-labels-idx1-ubyte.gz", labels(2, 0, 1));
        refuses("holds 3 pictures", "2 labels");
    }

    @Test
    void refusesATestLabelThatTrainingDoesNotHave() throws IOException {
        write("t10k-labels-idx1-ubyte", labels(1, 3));
        refuses("Labels from 0 to 2 were expected", "t10k-labels-idx1-ubyte#0 is 3");
    }

    @Test
    void refusesOneClass() throws IOException {
        write("train-labels-idx1-ubyte.gz", labels(3, 0, 0, 0));
        refuses("At least two classes were expected");
    }

    @Test
    void refusesMissingLabels() throws IOException {
        Files.delete(folder.resolve("t10k-labels-idx1-ubyte"));
        refuses("t10k-labels-idx1-ubyte");
    }

    private void refuses(String... parts) {
        assertThatThrownBy(() -> DataSets.open(folder)).isInstanceOf(StriateException.class)
                .hasMessageContainingAll(parts);
    }

    private void write(String name, byte[] bytes) throws IOException {
        var out = Files.newOutputStream(folder.resolve(name));
        try (var target = name.endsWith(".gz") ? new GZIPOutputStream(out) : out) {
            target.write(bytes);
        }
    }

    private static byte[] pictures(int count, int height, int width, int values) {
        var bytes = ByteBuffer.allocate(16 + values).putInt(0x803).putInt(count).putInt(height).putInt(width);
        for (var i = 0; i < values; i++) bytes.put((byte) i);
        return bytes.array();
    }

    private static byte[] labels(int count, int... values) {
        var bytes = ByteBuffer.allocate(8 + values.length).putInt(0x801).putInt(count);
        for (var value : values) bytes.put((byte) value);
        return bytes.array();
    }
}
