package dev.striate.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// Tests say by a tag what they need, so that a build can choose among them.
class TagsTest {
    private static final Path ROOT = Path.of(System.getProperty("striate.root"));
    private static final Pattern TAG = Pattern.compile("@Tag\\(\"(\\w+)\"\\)");
    private static final Pattern TABLE_ROW = Pattern.compile("^\\| `(\\w+)` \\|", Pattern.MULTILINE);
    private static final Pattern SHARED_FILES = Pattern.compile("fixtures\\.(SharedFiles|TorchvisionFile)\\b");

    @Test
    void theTagsAreThoseThatContributingExplains() throws IOException {
        var used = new TreeSet<String>();
        for (var test : tests()) used.addAll(found(TAG, test));
        assertThat(used).containsExactlyInAnyOrderElementsOf(found(TABLE_ROW, ROOT.resolve("CONTRIBUTING.md")));
    }

    @Test
    void aTestThatReadsSharedFilesSaysSo() throws IOException {
        var readers = new ArrayList<Path>();
        var tagged = new ArrayList<Path>();
        for (var test : tests()) {
            if (!found(SHARED_FILES, test).isEmpty()) readers.add(test);
            if (found(TAG, test).contains("shared")) tagged.add(test);
        }
        assertThat(readers).hasSizeGreaterThan(5);
        assertThat(tagged).containsAll(readers);
    }

    private static List<String> found(Pattern pattern, Path file) throws IOException {
        return pattern.matcher(Files.readString(file)).results().map(result -> result.group(1)).toList();
    }

    private static List<Path> tests() throws IOException {
        var tests = new ArrayList<Path>();
        try (var modules = Files.newDirectoryStream(ROOT, file -> Files.isDirectory(file.resolve("src/test/java")))) {
            for (var module : modules) {
                try (var files = Files.walk(module.resolve("src/test/java"))) {
                    files.filter(file -> file.toString().endsWith("Test.java")).forEach(tests::add);
                }
            }
        }
        return tests;
    }
}
