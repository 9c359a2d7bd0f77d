package dev.striate.graph;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// The reading that gives the table a paper prints: a row for each node, or, [#folded], for each layer, and the totals.
///
/// The rows carry data; `toString` is one rendering of them.
public record Summary(String name, List<Row> rows, List<Output> outputs, Totals totals) {
    public Summary {
        rows = List.copyOf(rows);
        outputs = List.copyOf(outputs);
    }

    /// One line of the table: the nodes that it stands for (the first gives the operation and window), the shape and
    /// receptive field behind the last, and the costs of all.
    public record Row(
            List<String> nodes,
            List<String> operations,
            Optional<Window> window,
            Shape output,
            long parameters,
            long macs,
            Size receptiveField,
            Optional<String> note) {
        public Row {
            nodes = List.copyOf(nodes);
            operations = List.copyOf(operations);
        }

        /// The name of the layer: that of its first node.
        public String name() {
            return nodes.getFirst();
        }
    }

    /// One of the network's outputs: its name, the node that gives it, and whether it is for training only.
    public record Output(String name, String node, Shape shape, boolean auxiliary) {
        private static Output of(Network network, String name, List<Shape> shapes) {
            int index = network.outputs().get(name);
            return new Output(name, network.nodes().get(index).name(), shapes.get(index),
                    network.auxiliary().contains(name));
        }
    }

    /// Trained parameters, running statistics, multiply-accumulates for one picture, and bytes in float32: of the weights,
    /// and for a batch of one in training (SGD with momentum) and inference.
    public record Totals(
            long parameters, long buffers, long macs, long weightBytes, long trainingBytes, long inferenceBytes) {
        public double gmac() {
            return macs / 1e9;
        }

        public double gflop() {
            return 2 * gmac();
        }
    }

    /// A row for each node.
    public static Summary of(Network network) {
        return of(network, NodeGroups.none(network));
    }

    /// A row for each layer, with the normalisations and pointwise operations that only it feeds: `conv1 + bn1 + relu1`.
    public static Summary folded(Network network) {
        return of(network, NodeGroups.of(network));
    }

    private static Summary of(Network network, List<NodeGroups.Group> groups) {
        var shapes = Shapes.of(network);
        var costs = Costs.of(network);
        var fields = ReceptiveField.of(network);
        var rows = new ArrayList<Row>();
        for (var group : groups) {
            var nodes = group.nodes().stream().map(network.nodes()::get).toList();
            var cost = group.nodes().stream().map(costs.nodes()::get).toList();
            var op = nodes.getFirst().op();
            rows.add(new Row(
                    nodes.stream().map(Node::name).toList(),
                    nodes.stream().map(node -> OperationNames.operation(node.op())).toList(),
                    OperationNames.window(op),
                    shapes.get(group.last()),
                    cost.stream().mapToLong(Costs.Cost::parameters).sum(),
                    cost.stream().mapToLong(Costs.Cost::macs).sum(),
                    fields.get(group.last()).size(),
                    note(network, group.head(), shapes)));
        }
        var outputs = network.outputs().keySet().stream().map(output -> Output.of(network, output, shapes)).toList();
        return new Summary(network.name(), rows, outputs, totals(costs));
    }

    private static Totals totals(Costs costs) {
        return new Totals(costs.parameters(), costs.buffers(), costs.macs(),
                Float.BYTES * (costs.parameters() + costs.buffers()), costs.trainingBytes(1, 1),
                costs.inferenceBytes(1));
    }

    private static Optional<String> note(Network network, int index, List<Shape> shapes) {
        var node = network.nodes().get(index);
        if (node.inputs().isEmpty()) return Optional.empty();
        var input = shapes.get(node.inputs().getFirst()).size();
        return slidingDown(node.op()).flatMap(window -> unseen(window, input));
    }

    /// The window of an operation that rounds its output size down.
    private static Optional<Window> slidingDown(Op op) {
        return switch (op) {
            case Op.TransposedConv _ -> Optional.empty();
            case Op.MaxPool pool when pool.ceil() -> Optional.empty();
            case Op.AvgPool pool when pool.ceil() -> Optional.empty();
            case Op.LpPool pool when pool.ceil() -> Optional.empty();
            case Op other -> OperationNames.window(other);
        };
    }

    /// What a floored window leaves out: part of it is padding where there is any.
    private static Optional<String> unseen(Window w, Size input) {
        var rows = left(input.height(), w.padding().height(), w.extent().height(), w.stride().height());
        var columns = left(input.width(), w.padding().width(), w.extent().width(), w.stride().width());
        if (rows == 0 && columns == 0) return Optional.empty();
        var what = rows > 0 && columns > 0
                ? rows + " rows and " + columns + " columns"
                : rows > 0 ? rows + " rows" : columns + " columns";
        return Optional.of(what.replaceAll("\\b1 (row|column)s", "1 $1") + " at the edge of its " + input
                + " input are never seen");
    }

    /// The places at the far edge, less those that are padding, that no window covers.
    private static int left(int n, int padding, int extent, int stride) {
        return Math.max(0, (n + 2 * padding - extent) % stride - padding);
    }

    @Override
    public String toString() {
        return SummaryTable.of(this);
    }

    /// What the table says below its rows where windows do not fit evenly.
    List<String> notes() {
        return rows.stream()
                .filter(row -> row.note().isPresent())
                .collect(Collectors.groupingBy(row -> row.note().get(), LinkedHashMap::new,
                        Collectors.mapping(Row::name, Collectors.toList())))
                .entrySet()
                .stream()
                .map(entry -> String.join(", ", entry.getValue()) + ": " + entry.getKey())
                .toList();
    }
}
