package dev.striate.graph;

import dev.striate.text.TextTable;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// A summary as plain text: names to the left, numbers to the right.
final class SummaryTable {
    private static final List<String> HEADINGS = List.of(
            "layer", "operation", "window", "output", "parameters", "MACs", "sees");
    private static final int LEFT_ALIGNED = 3;

    private SummaryTable() {}

    static String of(Summary summary) {
        var table = new TextTable().rightFrom(LEFT_ALIGNED).rule().row(HEADINGS.toArray()).rule();
        summary.rows().forEach(row -> table.row(cells(row).toArray()));
        var text = new StringBuilder(summary.name()).append('\n').append(table.rule()).append('\n')
                .append(totals(summary.totals()));
        if (summary.outputs().size() > 1) text.append(outputs(summary.outputs()));
        summary.notes().forEach(note -> text.append("note: ").append(note).append('\n'));
        return text.toString();
    }

    private static List<String> cells(Summary.Row row) {
        return List.of(
                name(row.nodes()) + (row.note().isPresent() ? " *" : ""),
                row.operations().getFirst(),
                row.window().map(OperationNames::window).orElse(""),
                shape(row.output()),
                count(row.parameters()),
                count(row.macs()),
                row.receptiveField().toString());
    }

    /// `layer1.0.conv1 + bn1 + relu`: what follows the first name leaves out the path that both share.
    static String name(List<String> nodes) {
        var first = nodes.getFirst();
        var path = first.substring(0, first.lastIndexOf('.') + 1);
        return nodes.stream()
                .map(node -> node.equals(first) || !node.startsWith(path) ? node : node.substring(path.length()))
                .collect(Collectors.joining(" + "));
    }

    private static String count(long value) {
        return value == 0 ? "–" : String.format(Locale.ROOT, "%,d", value);
    }

    private static String totals(Summary.Totals totals) {
        return String.format(Locale.ROOT, """
                parameters      %,d%s
                arithmetic      %s GMAC (multiply-accumulates) = %s GFLOP (two for each)
                memory, float32 weights %s; one picture: training with momentum %s, inference %s
                """, totals.parameters(),
                totals.buffers() == 0 ? ""
                        : String.format(Locale.ROOT, " and %,d running statistics", totals.buffers()),
                billions(totals.gmac()), billions(totals.gflop()), bytes(totals.weightBytes()),
                bytes(totals.trainingBytes()), bytes(totals.inferenceBytes()));
    }

    private static String outputs(List<Summary.Output> outputs) {
        return outputs.stream()
                .map(output -> output.name() + " " + shape(output.shape()) + " from " + output.node()
                        + (output.auxiliary() ? " (training only)" : ""))
                .collect(Collectors.joining(", ", "outputs         ", "\n"));
    }

    private static String shape(Shape shape) {
        return shape.isVector() ? String.valueOf(shape.channels()) : shape.toString();
    }

    private static String billions(double value) {
        return String.format(Locale.ROOT, value < 0.1 ? "%.6f" : "%.3f", value);
    }

    private static String bytes(long bytes) {
        if (bytes < 1 << 20) return String.format(Locale.ROOT, "%.1f KiB", bytes / 1024.0);
        return String.format(Locale.ROOT, "%.1f MiB", bytes / (1024.0 * 1024));
    }
}
