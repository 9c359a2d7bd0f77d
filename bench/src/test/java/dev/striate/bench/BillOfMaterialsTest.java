package dev.striate.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// Who imports the bill of materials finds every module that is a library in it.
class BillOfMaterialsTest {
    private static final Path ROOT = Path.of(System.getProperty("striate.root"));
    private static final List<String> NO_LIBRARIES = List.of("bom", "build", "cli", "bench", "it");

    @Test
    void listsEveryLibrary() throws IOException {
        var libraries = found("<module>(\\w+)</module>", "pom.xml").stream()
                .filter(module -> !NO_LIBRARIES.contains(module)).map(module -> "striate-" + module).toList();
        var listed = found("<artifactId>(striate-\\w+)</artifactId>", "bom/pom.xml");
        assertThat(listed.subList(1, listed.size())).as("below its own name, in bom/pom.xml")
                .containsExactlyInAnyOrderElementsOf(libraries);
    }

    private static List<String> found(String pattern, String file) throws IOException {
        return Pattern.compile(pattern).matcher(Files.readString(ROOT.resolve(file))).results()
                .map(result -> result.group(1)).toList();
    }
}
