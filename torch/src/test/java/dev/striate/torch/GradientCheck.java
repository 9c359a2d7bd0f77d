package dev.striate.torch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.striate.graph.Network;
import dev.striate.graph.Parameter;
import dev.striate.graph.Parameters;
import dev.striate.random.RandomStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/// Compares a network's gradients, of its parameters and of its input, with central differences in float64.
final class GradientCheck {
    private static final int PICTURES = 2;
    private static final double STEP = 1e-5;
    private static final double TOLERANCE = 1e-7;

    private final Network network;
    private final boolean recompute;
    private final List<Parameter> parameters;

    private GradientCheck(Network network, boolean recompute) {
        this.network = network;
        this.recompute = recompute;
        this.parameters = Parameters.of(network);
    }

    static void of(Network network) {
        new GradientCheck(network, false).run();
        new GradientCheck(network, true).run();
    }

    private void run() {
        Libtorch.load();
        try (var _ = new PointerScope();
                var tensors = new ParameterTensors(parameters, _ -> ParameterGroup.DECAYED, Device.CPU,
                        torch.ScalarType.Double)) {
            tensors.train();
            for (var parameter : parameters) {
                var positive = parameter.role() == Parameter.Role.RUNNING_VARIANCE;
                tensors.get(parameter.name()).data().copy_(
                        random(parameter.name(), parameter.shape().stream().mapToLong(i -> i).toArray(), positive));
            }
            var shape = network.input();
            var input = random("input", new long[] { PICTURES, shape.channels(), shape.height(), shape.width() }, false)
                    .contiguous(torch.MemoryFormat.ChannelsLast);
            var graph = new ExecutionGraph(network,
                    new Purpose(_ -> true, true, recompute, Optional.empty(), ReluGradient.TRUE));
            var statistics = tensors.buffers().clone();
            Tensor inputGradient;
            try (var pass = new Pass(graph, tensors, ComputeTypes.FLOAT64, Pass.Mode.TRAINING, 7)) {
                var output = pass.forward(input).values().iterator().next();
                pass.backward(Map.of(network.outputName(), weights(output)));
                inputGradient = pass.inputGradient().clone();
            }
            tensors.buffers().copy_(statistics);
            compare("input", input, inputGradient, tensors, graph, input);
            for (var parameter : parameters) {
                if (!parameter.trainable()) continue;
                var values = tensors.get(parameter.name());
                compare(parameter.name(), values.data(), values.grad().clone(), tensors, graph, input);
            }
        }
    }

    /// A few elements of each tensor, spread over it.
    private void compare(String name, Tensor values, Tensor gradient, ParameterTensors tensors, ExecutionGraph graph,
            Tensor input) {
        var count = values.numel();
        var analytic = Tensors.doubles(gradient);
        var places = new ArrayList<Long>();
        for (var k = 0; k < 12; k++) places.add(Math.floorMod(RandomStream.of(11).at(name).bits(k), count));
        for (var place : places) {
            var numeric = (loss(values, place, STEP, tensors, graph, input)
                    - loss(values, place, -STEP, tensors, graph, input)) / (2 * STEP);
            var index = Math.toIntExact(place);
            assertThat(analytic[index]).as("gradient of %s[%d] in %s (recompute: %s)", name, index, network, recompute)
                    .isCloseTo(numeric,
                            org.assertj.core.data.Offset.offset(TOLERANCE * Math.max(1, Math.abs(numeric)) * 10));
        }
    }

    private double loss(Tensor values, long place, double change, ParameterTensors tensors, ExecutionGraph graph,
            Tensor input) {
        try (var _ = new PointerScope(); var _ = GradMode.off()) {
            var statistics = tensors.buffers().clone();
            var element = element(values, place);
            element.add_(new org.bytedeco.pytorch.Scalar(change));
            double loss;
            try (var pass = new Pass(graph, tensors, ComputeTypes.FLOAT64, Pass.Mode.TRAINING, 7)) {
                var output = pass.forward(input).values().iterator().next();
                loss = output.mul(weights(output)).sum().item_double();
            }
            element.sub_(new org.bytedeco.pytorch.Scalar(change));
            tensors.buffers().copy_(statistics);
            return loss;
        }
    }

    /// The view of one element, counted row-major.
    static Tensor element(Tensor values, long place) {
        var view = values;
        var rest = place;
        for (var d = 0; d < values.dim(); d++) {
            var below = 1L;
            for (var e = d + 1; e < values.dim(); e++) below *= values.size(e);
            view = view.narrow(d, rest / below, 1);
            rest %= below;
        }
        return view;
    }

    private Tensor weights(Tensor output) {
        var sizes = new long[(int) output.dim()];
        for (var d = 0; d < sizes.length; d++) sizes[d] = output.size(d);
        return random("weights", sizes, false);
    }

    private static Tensor random(String name, long[] shape, boolean positive) {
        var count = 1;
        for (var side : shape) count *= (int) side;
        var stream = RandomStream.of(3).at(name);
        var values = new double[count];
        for (var i = 0; i < count; i++) values[i] = positive ? 0.5 + stream.uniform(i) : 2 * stream.uniform(i) - 1;
        return Tensors.of(values, shape);
    }
}
