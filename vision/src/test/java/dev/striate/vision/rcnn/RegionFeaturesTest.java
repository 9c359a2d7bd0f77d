package dev.striate.vision.rcnn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.striate.StriateException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RegionFeaturesTest {
    @TempDir
    private Path folder;

    @Test
    void aRowIsReadFromWhereItLies() throws IOException {
        var features = RegionFeatures.read(twoRowsOfThree(), 2, 3);
        assertThat(features.rows()).isEqualTo(2);
        assertThat(features.values(0, 0, 3)).containsExactly(1, 2, 3);
        assertThat(features.values(1, 1, 2)).containsExactly(5, 6);
    }

    @Test
    void refusesFeaturesOfOtherRegions() throws IOException {
        var file = twoRowsOfThree();
        assertThatThrownBy(() -> RegionFeatures.read(file, 3, 3)).isInstanceOf(StriateException.class)
                .hasMessage(
                        "3 values of each of 3 regions were expected in " + file + "; received 3 of 2 in 40 bytes.");
    }

    private Path twoRowsOfThree() throws IOException {
        var bytes = ByteBuffer.allocate(40).order(ByteOrder.LITTLE_ENDIAN).putLong(2).putLong(3);
        for (var value = 1; value <= 6; value++) bytes.putFloat(value);
        return Files.write(folder.resolve("features.bin"), bytes.array());
    }
}
