package dev.striate.onnx;

import static dev.striate.onnx.Attributes.integer;
import static dev.striate.onnx.Attributes.real;

import ai.onnx.proto.OnnxMl.GraphProto;
import dev.striate.graph.Network;
import dev.striate.graph.Op;
import dev.striate.graph.Shapes;
import java.util.ArrayList;
import java.util.List;

/// The reading of a network that gives ONNX's graph.
final class Translation {
    private Translation() {}

    static GraphProto of(Network network, Weights weights) {
        var draft = new Draft(network.name());
        var shapes = Shapes.of(network);
        var values = new ArrayList<Value>();
        var exact = new ArrayList<Value>(); // what the outputs give: not rounded, whatever those round that read on
        for (var i = 0; i < network.nodes().size(); i++) {
            var node = network.nodes().get(i);
            var inputs = node.inputs().stream().map(values::get).toList();
            var at = new Place(draft, node, inputs, shapes.get(i), weights);
            var value = value(at);
            values.add(Rounding.value(at, value));
            var passes = !inputs.isEmpty() && value == inputs.getFirst();
            exact.add(passes ? exact.get(node.inputs().getFirst()) : value);
        }
        network.outputs().forEach((name, index) -> draft.output(name, result(draft, name, exact.get(index))));
        return draft.graph();
    }

    /// A vector leaves as N×C.
    private static Value result(Draft draft, String output, Value value) {
        if (value.flat() || !value.shape().isVector()) return value;
        return new Value(draft.node(output + "/flat", "Flatten", List.of(draft.current(value)), integer("axis", 1)),
                value.shape(), true);
    }

    private static Value value(Place at) {
        return switch (at.node().op()) {
            case Op.Input(var shape) -> at.draft().input(at.node().name(), shape);
            case Op.Conv conv -> Convolutions.conv(at, conv);
            case Op.TransposedConv conv -> Convolutions.transposed(at, conv);
            case Op.TableConv conv -> Convolutions.table(at, conv);
            case Op.LocalConv conv -> Convolutions.local(at, conv);
            case Op.Linear linear -> linear(at, linear);
            case Op.BatchNorm norm -> Normalisations.batch(at, norm);
            case Op.LocalResponseNorm norm -> Normalisations.localResponse(at, norm);
            case Op.L2Norm norm -> Normalisations.length(at, norm);
            case Op.ChannelAffine _ -> Normalisations.affine(at);
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
            case Op.MaxPool pool -> Poolings.max(at, pool);
            case Op.AvgPool pool -> Poolings.average(at, pool);
            case Op.LpPool pool -> Poolings.norm(at, pool);
            case Op.AdaptiveAvgPool _ -> Poolings.adaptive(at);
            case Op.Flatten _ -> Layouts.flatten(at);
            case Op.Concat _ -> Layouts.concat(at);
            case Op.Add _ -> sum(at);
            case Op.Slice slice -> Layouts.slice(at, slice);
            case Op.Upsample upsample -> Layouts.upsample(at, upsample);
            case Op.SpaceToDepth fold -> Layouts.spaceToDepth(at, fold);
            case Op.Pad pad -> Layouts.pad(at, pad);
            case Op.Crop crop -> Layouts.crop(at, crop);
            case Op.PadChannels pad -> Layouts.padChannels(at, pad);
        };
    }

    private static Value linear(Place at, Op.Linear linear) {
        return at.putFlat("Gemm", at.weighted(at.vector(), linear.bias()), integer("transB", 1));
    }

    private static Value radialBasis(Place at, Op.RadialBasis rbf) {
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

    private static Value sum(Place at) {
        var operator = at.inputs().size() == 2 ? "Add" : "Sum";
        return at.isFlat() ? at.putFlat(operator, at.inputs().stream().map(Value::name).toList())
                : at.put(operator, at.images());
    }
}
