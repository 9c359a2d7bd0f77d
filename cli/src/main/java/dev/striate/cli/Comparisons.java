package dev.striate.cli;

import dev.striate.graph.Comparison;
import dev.striate.graph.Summary.Totals;
import dev.striate.text.TextTable;
import java.util.Locale;
import java.util.function.ToLongFunction;

/// Two networks beside each other, as text: their totals, then their stages.
final class Comparisons {
    private Comparisons() {}

    static String text(Comparison both) {
        return totals(both) + "\n\n" + stages(both);
    }

    private static TextTable totals(Comparison both) {
        var table = new TextTable("", both.first().name(), both.second().name(), "ratio");
        table.row("input", both.first().input(), both.second().input(), "");
        row(table, both, "parameters", Totals::parameters);
        row(table, both, "multiply-accumulates", Totals::macs);
        row(table, both, "bytes of weights", Totals::weightBytes);
        row(table, both, "bytes to train on one picture", Totals::trainingBytes);
        row(table, both, "bytes to predict one picture", Totals::inferenceBytes);
        return table;
    }

    private static void row(TextTable table, Comparison both, String name, ToLongFunction<Totals> value) {
        var first = value.applyAsLong(both.firstTotals());
        var second = value.applyAsLong(both.secondTotals());
        table.row(name, first, second, String.format(Locale.ROOT, "×%.2f", (double) second / first));
    }

    private static TextTable stages(Comparison both) {
        var table = new TextTable("maps", "layers", "channels", "parameters", "MACs", "|", "layers", "channels",
                "parameters", "MACs");
        for (var stage : both.stages()) {
            var a = stage.first();
            var b = stage.second();
            if (a.macs() + b.macs() == 0) continue;
            table.row(stage.maps(), a.layers(), a.channels(), a.parameters(), a.macs(), "|", b.layers(), b.channels(),
                    b.parameters(), b.macs());
        }
        return table;
    }
}
