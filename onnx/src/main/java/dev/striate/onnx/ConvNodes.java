package dev.striate.onnx;

import static dev.striate.onnx.Attributes.integer;
import static dev.striate.onnx.Attributes.integers;
import static dev.striate.onnx.Attributes.size;

import ai.onnx.proto.OnnxMl.AttributeProto;
import dev.striate.graph.Op;
import dev.striate.graph.Window;
import java.util.List;
import java.util.stream.Stream;

/// Convolutions of every kind.
final class ConvNodes {
    private ConvNodes() {}

    static Value conv(NodeWriter at, Op.Conv conv) {
        return at.put("Conv", at.weighted(at.picture(), conv.bias()), window(conv.window(), conv.groups()));
    }

    static Value transposed(NodeWriter at, Op.TransposedConv conv) {
        var settings = Stream.concat(Stream.of(window(conv.window(), conv.groups())),
                Stream.of(size("output_padding", conv.outputPadding())));
        return at.put("ConvTranspose", at.weighted(at.picture(), conv.bias()), settings.toArray(AttributeProto[]::new));
    }

    /// A whole convolution with zeros where the table has no connection.
    static Value table(NodeWriter at, Op.TableConv conv) {
        var cells = conv.window().kernel().area();
        var channels = at.x().channels();
        var stored = at.tensor("weight").floats();
        var weights = new float[conv.table().size() * channels * cells];
        var connection = 0;
        for (var filter = 0; filter < conv.table().size(); filter++) {
            for (var channel : conv.table().get(filter)) {
                System.arraycopy(stored, connection++ * cells, weights, (filter * channels + channel) * cells, cells);
            }
        }
        var kernel = conv.window().kernel();
        var weight = at.builder().constant(at.node().name() + ".weight",
                List.of(conv.table().size(), channels, kernel.height(), kernel.width()), weights);
        return at.put("Conv", List.of(at.picture(), weight, at.parameter("bias")), window(conv.window(), 1));
    }

    /// The patches, by a convolution that copies cell by cell, then a product for each place.
    static Value local(NodeWriter at, Op.LocalConv conv) {
        var kernel = conv.window().kernel();
        var cells = kernel.area();
        var rows = at.x().channels() * cells;
        var places = at.y().size().area();
        var copying = new float[rows * cells];
        for (var row = 0; row < rows; row++) copying[row * cells + row % cells] = 1;
        var patches = at.aside("patches", "Conv", // N×rows×oh×ow
                List.of(at.picture(), at.floats("cells", List.of(rows, 1, kernel.height(), kernel.width()), copying)),
                window(conv.window(), at.x().channels()));
        var columns = at.aside("columns", "Reshape", List.of(patches, at.longs("columns.shape", 0, rows, places)));
        var products = at.aside("products", "Einsum", List.of(columns, at.parameter("weight")), // N×filters×places
                Attributes.text("equation", "nkp,pfk->nfp"));
        var map = at.aside("map", "Reshape",
                List.of(products, at.longs("map.shape", 0, conv.filters(), at.y().height(), at.y().width())));
        return at.put("Add", List.of(map, at.parameter("bias")));
    }

    static AttributeProto[] window(Window window, int groups) {
        var padding = window.padding();
        return new AttributeProto[] { size("kernel_shape", window.kernel()), size("strides", window.stride()),
                integers("pads", padding.height(), padding.width(), padding.height(), padding.width()),
                size("dilations", window.dilation()), integer("group", groups) };
    }
}
