package dev.striate.graph;

import java.util.List;
import java.util.stream.Collectors;

/// A layer as a drawing labels it: its name and output shape above its operation and what is folded into it; an operation
/// that only joins or reshapes is one line.
record LayerBox(Kind kind, String name, String shape, String operation, String folded, String tooltip) {
    private static final int LONGEST_NAME = 30;

    static LayerBox of(Network network, NodeGroups.Group group, List<Shape> shapes) {
        var nodes = group.nodes().stream().map(network.nodes()::get).toList();
        var op = nodes.getFirst().op();
        var shape = shapes.get(group.last());
        var window = OperationNames.window(op).map(w -> " " + OperationNames.window(w.withPadding(Size.ZERO)))
                .orElse("");
        return new LayerBox(Kind.of(op), shorten(nodes.getFirst().name()),
                shape.isVector() ? String.valueOf(shape.channels()) : shape.toString(),
                OperationNames.operation(op) + window,
                nodes.stream().skip(1).map(node -> brief(node.op())).collect(Collectors.joining(", ")),
                tooltip(nodes, shape));
    }

    private static String brief(Op op) {
        return op instanceof Op.BatchNorm ? "BN" : OperationNames.operation(op);
    }

    private static String tooltip(List<Node> nodes, Shape shape) {
        return nodes.stream()
                .map(node -> node.name() + ": " + OperationNames.operation(node.op())
                        + OperationNames.window(node.op()).map(w -> " " + OperationNames.window(w)).orElse(""))
                .collect(Collectors.joining("\n", "", "\n" + shape));
    }

    private static String shorten(String name) {
        return name.length() <= LONGEST_NAME ? name : "…" + name.substring(name.length() - LONGEST_NAME + 1);
    }

    boolean oneLine() {
        return switch (kind) {
            case JOIN, RESHAPE, ACTIVATION -> true;
            case INPUT, CONVOLUTION, LINEAR, POOLING, NORMALISATION, DETECTION -> false;
        };
    }

    double height() {
        return oneLine() ? 24 : 40;
    }

    /// The one line of a box that has one: `addition, ReLU · 16×32×32`.
    String line() {
        return operation + (folded.isEmpty() ? "" : ", " + folded) + "  ·  " + shape;
    }

    /// The width that the text needs, by the mean width of a letter.
    double width() {
        if (oneLine()) return 6.0 * line().length() + 24;
        return Math.max(7.7 * name.length() + 6.8 * shape.length(), 6.1 * (operation.length() + folded.length())) + 34;
    }
}
