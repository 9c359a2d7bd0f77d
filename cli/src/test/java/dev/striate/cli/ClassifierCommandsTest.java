package dev.striate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.striate.data.picture.Picture;
import dev.striate.data.picture.Pictures;
import dev.striate.onednn.Cpu;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@Tag("native")
class ClassifierCommandsTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    Path folder;

    @Test
    void trainsEvaluatesAndPredicts() throws IOException {
        var run = folder.resolve("run").toString();
        var trained = json("train", "--model", "lenet5", "--data", "digits", "--limit", "64", "--recipe", "quick",
                "--batch", "32", "--epochs", "2", "--out", run, "--device", "cpu", "--json");
        assertThat(trained.get("steps").asInt()).isEqualTo(4); // two epochs of two batches
        assertThat(trained.get("complete").asBoolean()).isTrue();
        assertThat(err.toString()).contains("scaled from 5 epochs to 2 epochs", "epoch 2");

        var evaluated = json("evaluate", run, "--limit", "50", "--device", "cpu", "--json");
        assertThat(evaluated.get("pictures").asInt()).isEqualTo(50);
        assertThat(evaluated.get("confusion")).hasSize(10);

        var picture = folder.resolve("seven.png");
        assertThat(execute("convolve", picture().toString(), "--kernel", "blur", "--out", picture.toString()))
                .isZero();
        out.getBuffer().setLength(0);
        var predicted = json("predict", run, picture.toString(), "--top", "3", "--device", "cpu", "--json");
        assertThat(predicted.get(0).get("top")).hasSize(3);
        assertThat(predicted.get(0).get("label").asString()).matches("\\d");

        var torch = json("evaluate", run, "--limit", "50", "--device", "cpu", "--engine", "torch", "--json");
        assertThat(torch.get("confusion")).isEqualTo(evaluated.get("confusion"));

        var small = folder.resolve("int8.safetensors").toString();
        var quantised = json("quantise", run, "--out", small, "--pictures", "8", "--limit", "20", "--json");
        assertThat(quantised.get("layers")).hasSize(5);
        assertThat(quantised.at("/test/pictures").asInt()).isEqualTo(20);
        var int8 = json("evaluate", small, "--data", "digits", "--limit", "20", "--device", "cpu", "--json");
        assertThat(int8.get("accuracy")).isEqualTo(quantised.at("/test/int8Accuracy"));

        thenSaysWhatRuns(run, "float32", "");
        thenSaysWhatRuns(run, Cpu.BF16 ? "bf16" : "float32, since oneDNN has no bf16", " --precision bf16");
        thenSaysWhatRuns(small, "4 layers in int8", "");
        thenSaysWhatRuns(small, "float32", " --precision float32");
        thenRefuses("evaluate " + run + " --device cpu --precision int8",
                "int8 expects a model that `quantise` has found the ranges of; the file of lenet5 has none.");
        thenRefuses("evaluate " + run + " --device cpu --precision bf16 --engine torch",
                "bf16 and int8 expect the engine plan, on the CPU; received torch on cpu, which runs models in float32.");

        // It keeps its own layers, but for the radial basis functions, which ONNX has no operator for: a calibration
        // that allows no loss would leave none.
        var onnx = folder.resolve("int8.onnx").toString();
        var written = json("export", small, "--to", "onnx", "--int8", "--data", "digits", "--most", "1e-9", "--out",
                onnx, "--json");
        assertThat(written.get("int8").values()).extracting(JsonNode::asString).containsExactly("c1", "c3", "c5", "f6");

        assertThat(execute("evaluate", run, "--data", colours().toString(), "--device", "cpu")).isEqualTo(1);
        assertThat(err.toString().lines()).last().asString()
                .startsWith(
                        "The pictures are expected to be of the 10 classes 0, 1, 2, 3 and 6 more; received the 2 classes");
    }

    private void thenSaysWhatRuns(String model, String numbers, String options) {
        err.getBuffer().setLength(0);
        assertThat(
                execute(("evaluate " + model + " --data digits --limit 4 --device cpu --verbose" + options).split(" ")))
                .isZero();
        out.getBuffer().setLength(0);
        assertThat(err.toString()).contains("lenet5 runs on a plan for the CPU, " + numbers);
    }

    private void thenRefuses(String line, String sentence) {
        err.getBuffer().setLength(0);
        assertThat(execute(line.split(" "))).isEqualTo(1);
        assertThat(err.toString().strip()).isEqualTo(sentence);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|',
            textBlock = """
                    train --data digits --model resnet2                   | 2 | nearest name is 'resnet20'
                    train --data digits --model lenet5 --epochs 0         | 1 | A training expects a length above 0 epochs; received 0.0.
                    train --model lenet5 --data nowhere                   | 1 | was expected; received nowhere
                    train --data digits                                   | 1 | A training expects --model
                    train --model lenet5 --data EMPTY                     | 1 | holds none
                    evaluate absent.safetensors --data digits             | 1 | absent.safetensors
                    evaluate TRUNCATED --data digits                      | 1 | cut off
                    predict TRUNCATED TEXT                                | 1 | cut off
                    convolve TEXT --kernel blur --out x.png               | 1 | text.jpg
                    convolve gone.jpg --kernel blur --out x.png           | 1 | there is no such file
                    convolve TINY --kernel curve --out x.png              | 1 | expects a picture at least as large
                    describe convnet --input 3x2x2                        | 1 | expects an input of at least
                    """)
    void refusesBadInputInOneSentence(String line, int code, String part) throws IOException {
        Files.createDirectory(folder.resolve("empty"));
        Files.writeString(folder.resolve("text.jpg"), "no picture at all");
        Files.write(folder.resolve("cut.safetensors"), new byte[] { 100, 0, 0, 0, 0, 0, 0, 0, '{', '}' });
        Pictures.write(Picture.black(2, 2, 1), folder.resolve("tiny.pgm"));
        var args = Stream.of(line.strip().split(" +")).map(this::place).toArray(String[]::new);

        assertThat(execute(args)).as(err.toString()).isEqualTo(code);
        assertThat(err.toString()).contains(part);
        assertThat(err.toString().lines()).hasSize(code);
        assertThat(out.toString()).isEmpty();
    }

    private String place(String word) {
        return switch (word) {
            case "EMPTY" -> folder.resolve("empty").toString();
            case "TEXT" -> folder.resolve("text.jpg").toString();
            case "TRUNCATED" -> folder.resolve("cut.safetensors").toString();
            case "TINY" -> folder.resolve("tiny.pgm").toString();
            default -> word;
        };
    }

    private Path picture() {
        var file = folder.resolve("bar.png");
        var picture = Picture.black(28, 28, 1);
        for (var y = 0; y < 28; y++) picture.pixels()[y * 28 + 3] = (byte) 250;
        Pictures.write(picture, file);
        return file;
    }

    /// A data set of two classes.
    private Path colours() throws IOException {
        for (var name : List.of("dark", "light")) {
            var place = Files.createDirectories(folder.resolve("colours").resolve(name));
            for (var i = 0; i < 5; i++) Files.copy(picture(), place.resolve(i + ".png"));
        }
        return folder.resolve("colours");
    }

    private JsonNode json(String... args) {
        out.getBuffer().setLength(0);
        assertThat(execute(args)).as(err.toString()).isZero();
        return JsonMapper.shared().readTree(out.toString());
    }

    private int execute(String... args) {
        return Main.command().setOut(new PrintWriter(out)).setErr(new PrintWriter(err, true)).execute(args);
    }
}
