package dev.striate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What is shown in a terminal fits it.
class TerminalTest {
    private static final String TEXT = "epoch 12  step 1,000/20,000  loss 0.1234  accuracy 0.9876  711 pictures/s  "
            + "3 min 05 s left";
    private final Striate striate = new Striate();

    @ParameterizedTest
    @ValueSource(ints = { 40, 80, 92, 96, 120 })
    void aLineOfProgressIsNarrowerThanItsTerminal(int columns) {
        var line = visible(ProgressLine.drawn(0.5, TEXT, columns));
        assertThat(line).hasSizeLessThan(columns);
        assertThat(line.replaceAll("[━─]+ ", "")).startsWith("epoch 12  step 1,000/20,000");
    }

    @Test
    void aWideTerminalShowsTheBarAndAllOfTheText() {
        assertThat(visible(ProgressLine.drawn(0.25, TEXT, 200)))
                .isEqualTo("━".repeat(6) + "─".repeat(18) + " " + TEXT);
    }

    @Test
    void aNarrowTerminalShowsTheBeginningOfTheText() {
        assertThat(visible(ProgressLine.drawn(0.25, TEXT, 40))).isEqualTo("epoch 12  step 1,000/20,000  loss 0.12…");
    }

    @ParameterizedTest
    @ValueSource(ints = { 60, 80, 100 })
    void helpFitsTheTerminalAndBreaksAtBlanksAlone(int columns) {
        System.setProperty("striate.columns", String.valueOf(columns));
        try {
            for (var command : CommandGroups.names()) {
                assertThat(striate.execute(command + " --help")).isZero();
                var options = striate.out().lines().takeWhile(line -> !line.equals("Examples")).toList();
                assertThat(options).as(command).allMatch(line -> line.length() <= columns);
            }
            striate.execute("train --help");
            assertThat(striate.out()).contains("'layer[12].*'", "(.cfg)", "(.safetensors,");
        } finally {
            System.clearProperty("striate.columns");
        }
    }

    /// Without the codes that move the cursor and change colours.
    private static String visible(String line) {
        return line.replaceAll("\r|\u001b\\[\\d*[Km]", "");
    }
}
