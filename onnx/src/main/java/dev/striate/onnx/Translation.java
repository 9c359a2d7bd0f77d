package dev.striate.onnx;

import static dev.striate.onnx.Attributes.integer;
import static dev.striate.onnx.Attributes.real;

import ai.onnx.proto.OnnxMl.GraphProto;
import dev.striate.graph.Network;
import dev.striate.StriateException;
import dev.striate.graph.Op;
import dev.striate.graph.Shapes;
import java.util.ArrayList;
import java.util.List;

/// The reading of a network that gives ONNX's graph.
final class Translation {
    private Translation() {}

    static GraphProto of(Network network, OnnxWeights weights) {
        var builder = new GraphBuilder(network.name());
        var shapes = Shapes.of(network);
        var values = new ArrayList<Value>();
        var exact = new ArrayList<Value>(); // what the outputs give: not rounded, whatever those round that read on
        for (var i = 0; i < network.nodes().size(); i++) {
            var node = network.nodes().get(i);
            var inputs = node.inputs().stream().map(values::get).toList();
            var at = new NodeWriter(builder, node, inputs, shapes.get(i), weights);
            var value = value(at);
            values.add(QdqNodes.value(at, value));
            var passes = !inputs.isEmpty() && value == inputs.getFirst();
            exact.add(passes ? exact.get(node.inputs().getFirst()) : value);
        }
        network.outputs().forEach((name, index) -> builder.output(name, result(builder, name, exact.get(index))));
        return builder.graph();
    }

    /// A vector leaves as N×C.
    private static Value result(GraphBuilder builder, String output, Value value) {
        if (value.flat() || !value.shape().isVector()) return value;
        return new Value(builder.node(output + "/flat", "Flatten", List.of(builder.current(value)), integer("axis", 1)),
                value.shape(), true);
    }

    private static Value value(NodeWriter at) {
        return switch (at.node().op()) {
            case Op.Input(var shape) -> at.builder().input(at.node().name(), shape);
            case Op.Conv conv -> ConvNodes.conv(at, conv);
            case Op.TransposedConv conv -> ConvNodes.transposed(at, conv);
            case Op.TableConv conv -> ConvNodes.table(at, conv);
            case Op.LocalConv conv -> ConvNodes.local(at, conv);
            case Op.Linear linear -> linear(at, linear);
            case Op.BatchNorm norm -> NormNodes.batch(at, norm);
            case Op.LocalResponseNorm norm -> NormNodes.localResponse(at, norm);
            case Op.L2Norm norm -> NormNodes.length(at, norm);
            case Op.ChannelAffine _ -> NormNodes.affine(at);
            case Op.RadialBasis rbf -> radialBasis(at, rbf);
            case Op.Relu _ -> at.putAlike("Relu", List.of());
            case Op.LeakyRelu(var slope) -> at.putAlike("LeakyRelu", List.of(), real("alpha", slope));
            case Op.Sigmoid _ -> at.putAlike("Sigmoid", List.of());
            case Op.Tanh _ -> at.putAlike("Tanh", List.of());
            case Op.Softmax _ -> at.putAlike("Softmax", List.of(), integer("axis", 1));
            case Op.Scale(var factor) -> at.putAlike("Mul", List.of(at.number("factor", factor)));
            case Op.Dropout _ -> at.inputs().getFirst();
            case Op.DropPath _ -> at.inputs().getFirst();
            case Op.Detection _ -> at.inputs().getFirst();
            case Op.TreeLogits _ -> at.inputs().getFirst();
            case Op.MaxPool pool -> PoolNodes.max(at, pool);
            case Op.PairDifference _ ->
                throw StriateException.network("A network's tower and what joins two of them are "
                        + "written one at a time; received both, cut at '" + at.node().name() + "'.");
            case Op.RegionPooling _ -> throw StriateException.network("The halves of a detector before and behind its "
                    + "regions are written one at a time; received both, cut at '" + at.node().name() + "'.");
            case Op.AvgPool pool -> PoolNodes.average(at, pool);
            case Op.LpPool pool -> PoolNodes.norm(at, pool);
            case Op.AdaptiveAvgPool _ -> PoolNodes.adaptive(at);
            case Op.Flatten _ -> ReshapeNodes.flatten(at);
            case Op.Concat _ -> ReshapeNodes.concat(at);
            case Op.Add _ -> sum(at);
            case Op.Slice slice -> ReshapeNodes.slice(at, slice);
            case Op.Upsample upsample -> ReshapeNodes.upsample(at, upsample);
            case Op.SpaceToDepth fold -> ReshapeNodes.spaceToDepth(at, fold);
            case Op.Pad pad -> ReshapeNodes.pad(at, pad);
            case Op.Crop crop -> ReshapeNodes.crop(at, crop);
            case Op.PadChannels pad -> ReshapeNodes.padChannels(at, pad);
        };
    }

    private static Value linear(NodeWriter at, Op.Linear linear) {
        return at.putFlat("Gemm", at.weighted(at.vector(), linear.bias()), integer("transB", 1));
    }

    private static Value radialBasis(NodeWriter at, Op.RadialBasis rbf) {
        var count = rbf.prototypes().size();
        var length = rbf.prototypes().getFirst().size();
        var prototypes = new float[count * length];
        for (var i = 0; i < prototypes.length; i++) prototypes[i] = rbf.prototypes().get(i / length).get(i % length);
        var row = at.aside("row", "Reshape", List.of(at.vector(), at.longs("shape", 0, 1, length))); // N×1×L
        var differences = at.aside("differences", "Sub", // N×F×L
                List.of(row, at.floats("prototypes", List.of(count, length), prototypes)));
        return at.putFlat("ReduceSumSquare", List.of(differences), Attributes.integers("axes", 2),
                integer("keepdims", 0));
    }

    private static Value sum(NodeWriter at) {
        var operator = at.inputs().size() == 2 ? "Add" : "Sum";
        return at.isFlat() ? at.putFlat(operator, at.inputs().stream().map(Value::name).toList())
                : at.put(operator, at.pictures());
    }
}
