package dev.striate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine.Command;
import tools.jackson.databind.json.JsonMapper;

class CommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void listsEveryCommandUnderOneHeading() {
        assertThat(CommandGroups.names()).containsExactlyInAnyOrderElementsOf(Main.command().getSubcommands().keySet());
        assertThat(run("--help")).isZero();
        assertThat(out.toString()).contains("Networks", "describe", "Exit codes", "Examples");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void describesLeNetWithThePapersSixtyThousandParameters() {
        assertThat(run("describe", "lenet5_paper", "--json")).isZero();
        var json = JsonMapper.shared().readTree(out.toString());
        assertThat(json.get("network").asString()).isEqualTo("lenet5_paper");
        assertThat(json.get("parameters").asLong()).isEqualTo(60_000); // LeCun et al. 1998, §II-B
        assertThat(json.at("/input/height").asInt()).isEqualTo(32);
        assertThat(json.get("layers").get(1).get("name").asString()).isEqualTo("c1");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void listsModelsAsOneJsonArray() {
        assertThat(run("models", "--json")).isZero();
        var json = JsonMapper.shared().readTree(out.toString());
        assertThat(json.isArray()).isTrue();
        assertThat(json.findValuesAsString("name")).contains("lenet5_paper", "resnet20");
    }

    @Test
    void buildsForAnotherInputAndOtherClasses() {
        assertThat(run("describe", "resnet20", "--input", "3x64x64", "--classes", "100", "--json")).isZero();
        var layers = JsonMapper.shared().readTree(out.toString()).get("layers");
        assertThat(layers.get(layers.size() - 1).at("/output/channels").asInt()).isEqualTo(100);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|',
            textBlock = """
                    modles                        | `striate` takes no command 'modles'; did you mean 'models'?
                    models extra                  | `striate models` takes no further argument 'extra'.
                    models --jsno                 | `striate models` takes no option '--jsno'; did you mean '--json'?
                    describe --inptu 3x32x32 vgg  | `striate describe` takes no option '--inptu'; did you mean '--input'?
                    describe lenet                | No network is named 'lenet'; the nearest name is 'lenet5' (`striate models` lists all).
                    describe                      | Missing required parameter: 'NET'.
                    describe lenet5_paper --input 3x32  | --input: Expected channels x height x width, as in 3x224x224; received '3x32'.
                    """)
    void refusesWhatItDoesNotUnderstandInOneSentence(String line, String sentence) {
        assertThat(run(line.split(" +"))).isEqualTo(2);
        assertThat(out.toString()).isEmpty();
        assertThat(err.toString().lines()).hasSize(2).first().isEqualTo(sentence);
    }

    @Test
    void saysInOneSentenceWhyItFailed() {
        assertThat(run("describe", "resnet20", "--input", "3x0x5")).isEqualTo(2);
        assertThat(run("describe", "convnet", "--input", "3x2x2")).isEqualTo(1);
        assertThat(err.toString().lines()).last().asString()
                .isEqualTo(
                        "Node 'pool2' (MaxPool) expects an input of at least 2×2 for its kernel of 2×2; received 64×1×1.");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void showsTheStackTraceOnlyWhenAsked() {
        assertThat(run("describe", "convnet", "--input", "3x2x2", "--verbose")).isEqualTo(1);
        assertThat(err.toString()).contains("at dev.striate.graph.");
    }

    @Test
    void saysWhereAFailureThatNobodyForesawCanBeSeen() {
        assertThat(run("broken")).isEqualTo(1);
        assertThat(err.toString().lines()).containsExactly(
                "Unexpected java.lang.IllegalStateException: worn out; --verbose shows the stack trace.");
    }

    @Test
    void refusesAModelFileThatIsNotThere() {
        assertThat(run("describe", "absent.safetensors")).isEqualTo(1);
        assertThat(err.toString().lines()).hasSize(1).first().asString().contains("absent.safetensors");
    }

    @Command(name = "broken")
    static final class Broken implements Runnable {
        @Override
        public void run() {
            throw new IllegalStateException("worn out");
        }
    }

    private int run(String... args) {
        return Main.command()
                .addSubcommand(new Broken())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(args);
    }
}
