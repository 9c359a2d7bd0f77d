package dev.striate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.striate.recipe.Initialisation;
import dev.striate.recipe.Preprocessing;
import dev.striate.recipe.Start;
import dev.striate.task.Task;
import dev.striate.weights.ModelFile;
import dev.striate.weights.NetworkTensors;
import dev.striate.zoo.Zoo;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@Tag("native")
class ExportTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    Path folder;

    @BeforeEach
    void givenAModel() {
        var network = Zoo.network("lenet5");
        var tensors = NetworkTensors.fresh(network, Start.of(new Initialisation.HeFanIn()));
        new ModelFile(network, Preprocessing.plain(network.input(), new Preprocessing.Stretch()),
                new Task.Classification(List.of()),
                Optional.empty(), tensors).write(folder.resolve("lenet5.safetensors"));
    }

    @Test
    void writesOnnxInFloat32AndSmallerInInt8() throws IOException {
        var plain = export("--to onnx --out lenet5.onnx");
        var rounded = export("--to onnx --int8 --data digits --pictures 8 --most 0.5 --out int8.onnx");

        assertThat(plain.get("files").get(0).asString()).endsWith("lenet5.onnx");
        assertThat(plain.get("int8")).isEmpty();
        assertThat(rounded.get("int8")).isNotEmpty();
        assertThat(Files.size(folder.resolve("int8.onnx"))).isLessThan(Files.size(folder.resolve("lenet5.onnx")));
    }

    @Test
    void saysWhenEveryLayerLosesTooMuch() {
        assertThat(run("--to onnx --int8 --data digits --pictures 4 --most 1e-9 --out float.onnx")).isZero();
        assertThat(out.toString()).endsWith("in int8: no layer; each would change the output by more than --most\n");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|',
            textBlock = """
                    --to onnx --int8 --out x.onnx                          | 2 | --int8 and --data are expected together; received one of them.
                    --to onnx --data digits --out x.onnx                   | 2 | --int8 and --data are expected together; received one of them.
                    --to darknet --int8 --data digits --out x.weights      | 2 | --int8 expects --to onnx; received DARKNET.
                    --to onnx --int8 --data nowhere --out x.onnx           | 1 | was expected; received nowhere
                    """)
    void refusesInOneSentenceAndWritesNothing(String line, int code, String sentence) {
        assertThat(run(line)).isEqualTo(code);
        assertThat(err.toString().lines().findFirst().orElseThrow()).contains(sentence);
        assertThat(folder).isDirectoryNotContaining(file -> file.getFileName().toString().startsWith("x."));
    }

    private JsonNode export(String line) {
        out.getBuffer().setLength(0);
        assertThat(run("--json " + line)).as(err.toString()).isZero();
        return JsonMapper.shared().readTree(out.toString());
    }

    /// The last word is a file's name.
    private int run(String line) {
        var args = new ArrayList<>(List.of("export", folder.resolve("lenet5.safetensors").toString()));
        args.addAll(List.of(line.split(" +")));
        args.set(args.size() - 1, folder.resolve(args.getLast()).toString());
        return Main.command().setOut(new PrintWriter(out)).setErr(new PrintWriter(err, true))
                .execute(args.toArray(String[]::new));
    }
}
