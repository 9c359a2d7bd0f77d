package dev.striate.bench.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import dev.striate.StriateException;
import dev.striate.cli.Contender;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {
    private static final Machine MACHINE = new Machine("Some CPU", 2, List.of("avx2", "fma"), 8L << 30, "Linux",
            "Java 25");

    /// torchvision documents 1.81 GMAC for ResNet-18.
    private static final double GFLOP = 2 * 1.81;

    @TempDir
    Path folder;

    @Test
    void aRowSaysTheMedianOfItsTurnsAndHalfTheirRange() {
        var row = given(Contender.PLAN, 10, 30, 20);
        assertThat(row.picturesPerSecond()).isEqualTo(20);
        assertThat(row.spread()).isEqualTo(0.5); // (30 − 10) / 2 / 20
    }

    @Test
    void theRatioIsToTheFastestOfTheOthers() {
        var text = text(given(Contender.PLAN, 50), given(Contender.TORCH, 60), given(Contender.ONNX_RUNTIME, 30),
                given(Contender.PYTORCH, 40));
        assertThat(thenCells(text, "Striate ")).startsWith("50.0", "10", "%", "1.25");
        assertThat(thenCells(text, "ONNX Runtime (9.9)")).startsWith("30.0", "10", "%", "0.75");
        assertThat(thenCells(text, "PyTorch, eager (9.9)")).startsWith("40.0", "10", "%", "1.00");
    }

    @Test
    void arithmeticIsTwoOperationsForEachMultiplyAccumulate() {
        // 3.62 GFLOP, so 50 pictures/s are 181 GFLOP/s, 91 % of 200.
        assertThat(thenCells(text(given(Contender.PLAN, 50)), "Striate ")).contains("181", "91");
    }

    @Test
    void anEngineThatIsNotThereIsARowThatSaysSo() {
        var text = text(given(Contender.PLAN, 50),
                Row.empty("resnet18", 8, false, GFLOP, Contender.PYTORCH).without("not installed"));
        assertThat(text.lines().filter(line -> line.contains("PyTorch, eager")))
                .singleElement().asString().endsWith("not installed");
        assertThat(thenCells(text, "Striate ")).contains("–"); // no peer, no ratio
    }

    @Test
    void outputsThatDifferAreNamed() {
        var right = given(Contender.PLAN, List.of(1.0, -2.0));
        var near = given(Contender.DJL, List.of(1.001, -2.0));
        var wrong = given(Contender.OPENCV, List.of(1.0, 2.0));
        var rounded = given(Contender.INT8, List.of(0.9, -1.8));
        assertThat(text(right, near, rounded)).doesNotContain("Different outputs");
        assertThat(text(right, near, wrong)).contains("Different outputs, so not the same work: OpenCV DNN.");
    }

    @Test
    void laterRowsReplaceThoseOfTheSameWorkAndKeepTheOthers() {
        var out = folder.resolve("table.md");
        given(MACHINE, given(Contender.PLAN, 50), given(Contender.DJL, 12)).write(out);
        var whole = given(MACHINE, given(Contender.PLAN, 70)).write(out);
        assertThat(whole.rows()).extracting(Row::contender, Row::picturesPerSecond)
                .containsExactly(tuple(Contender.PLAN, 70.0),
                        tuple(Contender.DJL, 12.0));
        assertThat(Report.read(folder.resolve("table.json"))).isEqualTo(whole);
    }

    @Test
    void aTableFromBeforeDetectorsIsStillRead() throws Exception {
        var out = folder.resolve("table.md");
        given(MACHINE, given(Contender.PLAN, 50)).write(out);
        var json = folder.resolve("table.json");
        Files.writeString(json, Files.readString(json).replaceFirst("\"gflop\":[^,]*,", ""));
        assertThat(Report.read(json).rows()).singleElement().satisfies(row -> {
            assertThat(row.picturesPerSecond()).isEqualTo(50);
            assertThat(row.gflop()).isCloseTo(GFLOP, within(0.02));
        });
    }

    @Test
    void theFileShowsAllNetworksAtAGlanceAndEachInFull() throws Exception {
        assertThat(written(given(Contender.PLAN, 50), given(Contender.DJL, 20)))
                .contains("| network | batch | Striate | DJL | ours ÷ best peer |",
                        "| resnet18 | 8 | 50.0 | 20.0 | 2.50 |")
                .anyMatch(line -> line.startsWith("## resnet18, batch 8"))
                .contains("Some CPU, 2 cores, AVX2, 8 GiB, Linux, Java 25.")
                .anyMatch(line -> line.startsWith("2026-01-31, 2 threads. "));
    }

    @Test
    void bf16StandsBesideThePeersThatComputeInIt() throws Exception {
        assertThat(written(given(Contender.PLAN, 50), given(Contender.BF16, 90), given(Contender.DJL, 20),
                given(Contender.PYTORCH_BF16, 60)))
                .contains("| resnet18 | 8 | 50.0 | 90.0 | 20.0 | 60.0 | 2.50 | 1.50 |");
    }

    @Test
    void int8StandsBesideThePeersInInt8AndInFloat32() throws Exception {
        assertThat(written(given(Contender.PLAN, 50), given(Contender.INT8, 120), given(Contender.ONNX_RUNTIME, 40),
                given(Contender.ONNX_RUNTIME_INT8, 60)))
                .contains("| resnet18 | 8 | 50.0 | 120 | 40.0 | 60.0 | 1.25 | 2.00 | 3.00 |")
                .anyMatch(line -> line.startsWith("| Striate, int8 | 120 | 10 % | 2.00 |"));
    }

    /// The lines of the file.
    private List<String> written(Row... rows) throws IOException {
        var out = folder.resolve("table.md");
        given(MACHINE, rows).write(out);
        return Files.readAllLines(out);
    }

    @Test
    void figuresOfTwoMachinesAreNotMixed() {
        var out = folder.resolve("table.md");
        given(MACHINE, given(Contender.PLAN, 50)).write(out);
        var other = new Machine("Another CPU", 2, List.of(), 8L << 30, "Linux", "Java 25");
        assertThatThrownBy(() -> given(other, given(Contender.PLAN, 70)).write(out))
                .isInstanceOf(StriateException.class)
                .hasMessageContaining("Some CPU").hasMessageContaining("Another CPU");
    }

    private static Report given(Machine machine, Row... rows) {
        return new Report(machine, "2026-01-31", 2, 200, List.of(rows));
    }

    private static Row given(Contender contender, double... speeds) {
        var turns = Arrays.stream(speeds).mapToObj(speed -> turn(speed, List.of())).toList();
        return new Row("resnet18", 8, false, GFLOP, contender, turns, Optional.empty());
    }

    private static Row given(Contender contender, List<Double> outputs) {
        return new Row("resnet18", 8, false, GFLOP, contender, List.of(turn(50, outputs)), Optional.empty());
    }

    private static Measurement turn(double speed, List<Double> outputs) {
        return new Measurement(speed, 0.1, 5, 100L << 20, 1.5, "9.9", outputs);
    }

    private static String text(Row... rows) {
        return Terminal.of(given(MACHINE, rows));
    }

    /// The cells behind an engine's name.
    private static List<String> thenCells(String text, String engine) {
        var line = text.lines().filter(row -> row.strip().startsWith(engine)).findFirst().orElseThrow();
        return List.of(line.strip().substring(engine.length()).strip().split(" +"));
    }
}
