package dev.striate.zoo;

import dev.striate.StriateException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A figure that somebody published about a network: what, how much, who says so.
///
/// `at` is empty for the paper's input and classes, else a side in pixels (`416`) or a number of classes (`10 classes`).
/// Where it counts differently, `difference` is what it is above the derived figure, and `why` says what makes it so.
public record Published(String network, Quantity quantity, BigDecimal value, String at, String source,
        BigDecimal difference, String why) {
    private static final String FILE = "published.txt";

    /// What is published about a network, in the order of the table; empty for an unknown one.
    static List<Published> of(String network) {
        return Table.ROWS.getOrDefault(network, List.of());
    }

    /// The names of all networks in the table.
    static Stream<String> networks() {
        return Table.ROWS.keySet().stream();
    }

    /// Read when somebody first asks.
    private static final class Table {
        static final Map<String, List<Published>> ROWS = read();

        private static Map<String, List<Published>> read() {
            var stream = Objects.requireNonNull(Published.class.getResourceAsStream(FILE), FILE);
            try (var lines = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
                return lines.lines()
                        .filter(line -> !line.startsWith("#"))
                        .map(Published::parse)
                        .collect(Collectors.groupingBy(Published::network));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static Published parse(String line) {
        var cells = Stream.of(line.split("\\|")).map(String::strip).toList();
        if (cells.size() != 5 && cells.size() != 7) {
            throw new StriateException(FILE + " expects 5 or 7 cells in a line; received '" + line + "'.");
        }
        var differs = cells.size() == 7;
        return new Published(cells.get(0), Quantity.of(cells.get(1)), number(cells.get(2)), cells.get(3), cells.get(4),
                differs ? number(cells.get(5)) : BigDecimal.ZERO, differs ? cells.get(6) : "");
    }

    private static BigDecimal number(String text) {
        return new BigDecimal(text.replace(",", ""));
    }
}
