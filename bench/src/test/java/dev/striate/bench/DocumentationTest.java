package dev.striate.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.striate.cli.Main;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/// The code in the documents compiles, the commands in them exist, and what is marked `<!-- run -->` runs.
class DocumentationTest {
    private static final Path ROOT = Path.of(System.getProperty("striate.root"));
    private static final String CLASS_PATH = System.getProperty("java.class.path");

    @TempDir(cleanup = CleanupMode.ALWAYS)
    Path scratch;

    @Test
    void theDocumentsHoldCodeAndCommands() throws IOException {
        assertThat(blocks("java")).isNotEmpty();
        assertThat(blocks("sh").flatMap(block -> block.commands().stream())).hasSizeGreaterThan(1);
    }

    /// All at once: a compiler that starts anew for each takes longer than the rest.
    @TestFactory
    Stream<DynamicTest> javaCompilesAndRuns() throws IOException {
        var blocks = blocks("java").toList();
        return Stream.concat(Stream.of(dynamicTest("all compile", () -> compile(blocks))),
                blocks.stream().filter(Block::run)
                        .map(block -> dynamicTest(block.toString(), () -> run(className(block), List.of()))));
    }

    @TestFactory
    Stream<DynamicTest> commandsExist() throws IOException {
        return blocks("sh").filter(block -> !block.commands().isEmpty())
                .map(block -> dynamicTest(block.toString(), () -> parseAndRun(block)));
    }

    private void compile(List<Block> blocks) throws IOException {
        var messages = new ByteArrayOutputStream();
        var args = new ArrayList<>(
                List.of("-proc:none", "-implicit:none", "-cp", CLASS_PATH, "-d", scratch.toString()));
        for (var block : blocks) {
            var source = scratch.resolve(className(block) + ".java");
            args.add(Files.writeString(source, compactSource(block.text())).toString());
        }
        var result = ToolProvider.getSystemJavaCompiler().run(null, messages, messages, args.toArray(String[]::new));
        assertThat(result).as(messages.toString()).isZero();
    }

    /// Of the place, which messages of the compiler then name.
    private static String className(Block block) {
        return (ROOT.relativize(block.file()) + " line " + block.line()).replaceAll("\\W", "_");
    }

    private void parseAndRun(Block block) throws Exception {
        for (var command : block.commands()) {
            assertThatCode(() -> Main.command().parseArgs(command.toArray(String[]::new)))
                    .as("./striate " + String.join(" ", command))
                    .doesNotThrowAnyException();
            if (block.run()) run("dev.striate.cli.Main", command);
        }
    }

    /// A block without a `main` of its own is the body of one, below its imports.
    private static String compactSource(String block) {
        if (block.contains("void main(")) return block;
        var parts = block.lines().collect(Collectors.partitioningBy(line -> line.startsWith("import ")));
        return String.join("\n", parts.get(true)) + "\nvoid main() throws Exception {\n"
                + String.join("\n", parts.get(false)) + "\n}\n";
    }

    private void run(String main, List<String> args) throws Exception {
        var command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED", "-cp", CLASS_PATH + File.pathSeparator + scratch, main));
        command.addAll(args);
        var log = scratch.resolve("log");
        var process = new ProcessBuilder(command).directory(scratch.toFile())
                .redirectErrorStream(true).redirectOutput(log.toFile()).start();
        assertThat(process.waitFor(5, TimeUnit.MINUTES)).as("ends within five minutes").isTrue();
        assertThat(process.exitValue()).as(String.join(" ", args) + "\n" + Files.readString(log)).isZero();
    }

    private static Stream<Block> blocks(String language) throws IOException {
        var blocks = new ArrayList<Block>();
        for (var file : documents()) blocks.addAll(Block.of(file));
        return blocks.stream().filter(block -> block.language().equals(language));
    }

    private static List<Path> documents() throws IOException {
        try (var docs = Files.walk(ROOT.resolve("docs"))) {
            return Stream.concat(Stream.of("README.md", "CONTRIBUTING.md", "bench/README.md").map(ROOT::resolve), docs)
                    .filter(file -> file.toString().endsWith(".md"))
                    .sorted()
                    .toList();
        }
    }
}
