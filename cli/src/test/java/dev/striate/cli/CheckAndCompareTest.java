package dev.striate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

class CheckAndCompareTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    Path folder;

    @Test
    void derivesThePublishedFiguresAgain() {
        assertThat(run("check", "lenet5_paper", "--json")).isZero();
        var figures = JsonMapper.shared().readTree(out.toString());
        assertThat(figures.get(0).get("derived").asInt()).isEqualTo(60_000); // LeCun et al. 1998, §II-B
        assertThat(figures.get(0).get("verdict").asString()).isEqualTo("AGREES");
        assertThat(figures.get(1).get("verdict").asString()).isEqualTo("NEEDS_DATA");
    }

    @Test
    void standsTwoNetworksBesideEachOther() {
        assertThat(run("describe", "lenet5_paper", "--compare", "lenet5")).isZero();
        assertThat(out.toString()).contains("60,000", "61,706", "×1.03", "28×28");
    }

    @Test
    void drawsANetworkIntoAFile() {
        assertThat(run("describe", "lenet5_paper", "--svg", folder.resolve("lenet5_paper.svg").toString())).isZero();
        assertThat(folder.resolve("lenet5_paper.svg")).content().startsWith("<svg").contains("lenet5_paper");
    }

    @Test
    void describesADarknetNetwork() throws Exception {
        var cfg = Files.writeString(folder.resolve("mini.cfg"), """
                [net]
                height=8
                width=8
                channels=3
                [convolutional]
                filters=4
                size=3
                stride=2
                activation=leaky
                """);
        assertThat(run("describe", cfg.toString(), "--json")).isZero();
        // 4 filters of 3·3·3 weights and a bias each.
        assertThat(JsonMapper.shared().readTree(out.toString()).get("parameters").asInt()).isEqualTo(112);
    }

    @Test
    void describesTheOutputsOfANetworkWithSeveral() {
        assertThat(run("describe", "googlenet")).isZero();
        assertThat(out.toString()).contains("aux1 1000 from aux1.fc2 (training only)");
    }

    @Test
    void namesTheOutputsInJson() throws Exception {
        assertThat(run("describe", "inception_v3", "--json")).isZero();
        var outputs = JsonMapper.shared().readTree(out.toString()).get("outputs");
        assertThat(outputs.get(0).get("name").asString()).isEqualTo("output");
        assertThat(outputs.get(0).get("auxiliary").asBoolean()).isFalse();
        assertThat(outputs.get(1).get("name").asString()).isEqualTo("aux");
        assertThat(outputs.get(1).get("auxiliary").asBoolean()).isTrue();
    }

    private int run(String... args) {
        return Main.command().setOut(new PrintWriter(out)).setErr(new PrintWriter(err, true)).execute(args);
    }
}
