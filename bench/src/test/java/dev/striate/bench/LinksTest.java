package dev.striate.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What the documents link to is there, and the index of `docs` names every document beside it.
class LinksTest {
    private static final Path ROOT = Path.of(System.getProperty("striate.root"));
    private static final Pattern LINK = Pattern.compile("]\\(([^)#:]+)(?:#[^)]*)?\\)");
    private static final Pattern DECISION = Pattern.compile(
            "# (\\d+)\\. [^\n]+\n\nDate: \\d{4}-\\d\\d-\\d\\d\nStatus: (accepted|replaced by \\d+)\n\n[\\s\\S]+");

    @ParameterizedTest
    @MethodSource("documents")
    void linksLeadToFiles(Path document) throws IOException {
        assertThat(links(ROOT.resolve(document))).filteredOn(link -> !Files.exists(link)).as("links to nothing")
                .isEmpty();
    }

    @Test
    void theIndexNamesEveryDocumentBesideIt() throws IOException {
        var index = ROOT.resolve("docs/README.md");
        var documents = documents().stream().map(ROOT::resolve)
                .filter(file -> file.getParent().equals(index.getParent()) && !file.equals(index)).toList();
        assertThat(links(index)).containsAll(documents);
    }

    @ParameterizedTest
    @MethodSource("decisions")
    void aDecisionHasItsNumberADateAndAStatus(Path decision) throws IOException {
        var match = DECISION.matcher(Files.readString(ROOT.resolve(decision)));
        assertThat(match.matches()).as("# N. Title, then Date: and Status:").isTrue();
        assertThat(decision.getFileName().toString()).startsWith("%04d-".formatted(Integer.parseInt(match.group(1))));
    }

    @Test
    void everyDecisionHasANumberOfItsOwn() throws IOException {
        assertThat(decisions().map(file -> file.getFileName().toString().substring(0, 4))).doesNotHaveDuplicates();
    }

    private static List<Path> links(Path document) throws IOException {
        return LINK.matcher(Files.readString(document)).results().map(link -> link.group(1))
                .map(link -> document.getParent().resolve(link).normalize()).toList();
    }

    static Stream<Path> decisions() throws IOException {
        return documents().stream().filter(file -> file.startsWith("docs/decisions"));
    }

    static List<Path> documents() throws IOException {
        var documents = new ArrayList<Path>();
        for (var name : List.of("README.md", "CONTRIBUTING.md", "CHANGELOG.md", "bench/README.md"))
            documents.add(Path.of(name));
        try (var docs = Files.walk(ROOT.resolve("docs"))) {
            docs.filter(file -> file.toString().endsWith(".md")).sorted().map(ROOT::relativize).forEach(documents::add);
        }
        return documents;
    }
}
