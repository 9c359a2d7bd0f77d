package dev.striate.bench.papers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class PapersTest {
    private static final Path ROOT = Path.of(System.getProperty("striate.root"));
    private static final Path PAGE = ROOT.resolve("docs/papers.md");

    /// With `-Dpapers=write` it writes the page instead.
    @Test
    void thePageIsWhatTheSourcesSay() throws IOException {
        var page = new Papers(ROOT).page();
        if (System.getProperty("papers", "check").equals("write")) Files.writeString(PAGE, page);
        assertThat(Files.readString(PAGE)).as("docs/papers.md, which this makes again: mvn -pl bench -am test "
                + "-Dtest=PapersTest -Dpapers=write -Dsurefire.failIfNoSpecifiedTests=false").isEqualTo(page);
    }
}
