package dev.striate.vision.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.striate.data.labels.Problem;
import dev.striate.data.set.BadLabels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BadLabelsTest {
    @TempDir
    private Path folder;
    private final List<String> warnings = new ArrayList<>();

    @Test
    void areListedInTheRunsFolder() throws IOException {
        BadPictures.list(List.of(new Problem(Problem.Kind.BOX, "a.xml, line 3,", "has a box without area"),
                new Problem(Problem.Kind.CLIPPED, "b.xml, line 7,", "has a box that reaches 9.0 pixels beyond")),
                folder,
                warnings::add);
        var file = folder.resolve("bad-labels.txt");
        assertThat(Files.readString(file)).isEqualTo(
                "a.xml, line 3, has a box without area\nb.xml, line 7, has a box that reaches 9.0 pixels beyond\n");
        assertThat(warnings).containsExactly("1 labels are left out and 1 changed; " + file + " lists them.");
    }

    @Test
    void leaveNoFileWhereThereAreNone() {
        BadPictures.list(List.of(), folder, warnings::add);
        assertThat(folder).isEmptyDirectory();
        assertThat(warnings).isEmpty();
    }

    @Test
    void areTreatedAsBadPicturesAre() {
        assertThat(Limits.NONE.badLabels()).isEqualTo(BadLabels.FAIL);
        assertThat(Limits.NONE.withBadPictures(Limits.BadPictures.SKIP).badLabels()).isEqualTo(BadLabels.SKIP);
    }
}
