package dev.striate.vision.segment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.striate.data.picture.Pictures;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("native")
class MaskFileTest {
    @TempDir
    Path folder;

    /// The JDK's own decoder gives the indices back.
    @Test
    void writesAPngOfIndices() throws IOException {
        MaskFile.write(Colours.mask("rgb-", "bgrr"), folder.resolve("mask.png"));

        var decoded = ImageIO.read(folder.resolve("mask.png").toFile());
        assertThat(decoded.getRaster().getSamples(0, 0, 4, 2, 0, (int[]) null))
                .containsExactly(0, 1, 2, 255, 2, 1, 0, 0);
    }

    /// Background is black, an aeroplane dark red, a bicycle dark green in PASCAL VOC's development kit.
    @Test
    void showsTheColoursOfPascalVoc() {
        var mask = Colours.mask("rgb");
        MaskFile.write(mask, folder.resolve("mask.png"));

        var seen = Pictures.read(folder.resolve("mask.png"));
        assertThat(seen.pixels()).containsExactly(0, 0, 0, 128, 0, 0, 0, 128, 0);
        assertThat(Masks.coloured(mask)).isEqualTo(seen);
    }
}
