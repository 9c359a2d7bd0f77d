package dev.striate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BenchTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void namesEveryEngineInItsHelp() {
        assertThat(run("bench", "--help")).isZero();
        var help = out.toString().replaceAll("\\s+", " ");
        assertThat(Contender.all()).allSatisfy(contender -> assertThat(help).contains(contender.key()));
        assertThat(help).contains("STRIATE_PYTHON", "striate bench --quick");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|',
            textBlock = """
                    bench --engines striate,torch | --engines: An engine is one of striate, striate-bf16, striate-int8, striate-torch, striate-torch-bf16, onnxruntime, onnxruntime-int8, opencv, djl, pytorch, pytorch-compiled, pytorch-bf16, pytorch-compiled-bf16; received 'torch'.
                    bench --networks resnet19     | --networks: No network is named 'resnet19'; the nearest name is 'resnet18' (`striate models` lists all).
                    """)
    void refusesWhatItDoesNotUnderstandInOneSentence(String line, String sentence) {
        assertThat(run(line.split(" +"))).isEqualTo(2);
        assertThat(err.toString().lines()).hasSize(2).first().isEqualTo(sentence);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            bench --batches 8,0 | --batches expects at least 1; received 0.
            bench --rounds 0    | --rounds expects at least 1; received 0.
            bench --prepare     | --prepare expects --files, where to write.
            bench --seconds -1  | --seconds expects more than 0; received -1.0.
            """)
    void refusesNumbersThatMeasureNothing(String line, String sentence) {
        assertThat(run(line.split(" +"))).isEqualTo(2);
        assertThat(err.toString().lines()).hasSize(2).first().isEqualTo(sentence);
    }

    @Test
    void saysWhatIsMissingWhereTheModuleThatMeasuresIsNot() {
        assertThat(run("bench", "--quick")).isEqualTo(1);
        assertThat(err.toString().lines()).hasSize(1).first().asString().contains("`./striate bench`");
    }

    private int run(String... args) {
        return Main.command().setOut(new PrintWriter(out)).setErr(new PrintWriter(err)).execute(args);
    }
}
