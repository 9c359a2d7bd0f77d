package dev.striate.recipe;

import dev.striate.graph.Network;
import dev.striate.graph.Op;
import dev.striate.graph.Parameter;
import dev.striate.graph.Parameters;
import dev.striate.random.RandomStream;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.LongToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// The values that a network's parameters start from: each a function of the seed, the parameter's name and its index,
/// whatever the order or the threads. Scales and running variances start at 1, shifts and running means at 0.
///
/// Transposed convolutions that say so start as bilinear interpolation. Biases whose sums pass a ReLU on their way to be a network's outputs (Network in Network) start at 1, as Krizhevsky et
/// al. 2012 (§5) start some: a class that is below zero everywhere when training begins has no gradient to rise by.
public final class InitialValues {
    private final Start start;
    private final Map<Integer, Fans> fans = new HashMap<>();
    private final Map<Integer, Op.TransposedConv> interpolating = new HashMap<>();
    private final Set<Integer> rectifiedOutputs;

    public InitialValues(Network network, Start start) {
        this.start = start;
        rectifiedOutputs = network.outputs().values().stream()
                .flatMap(output -> RectifiedOutput.layer(network, output).stream())
                .collect(Collectors.toSet());
        for (var parameter : Parameters.of(network)) {
            var op = network.nodes().get(parameter.node()).op();
            if (parameter.role() == Parameter.Role.WEIGHT) fans.put(parameter.node(), Fans.of(op, parameter));
            if (op instanceof Op.TransposedConv conv && conv.from() != Op.Filters.DRAWN) {
                interpolating.put(parameter.node(), conv);
            }
        }
    }

    /// The start of one of the network's parameters, row-major.
    public float[] floats(Parameter parameter) {
        var values = new float[Math.toIntExact(parameter.elements())];
        var rule = rule(parameter);
        IntStream.range(0, values.length).parallel().forEach(i -> values[i] = (float) rule.applyAsDouble(i));
        return values;
    }

    /// As [#floats]; rounded, they are those.
    public double[] doubles(Parameter parameter) {
        var values = new double[Math.toIntExact(parameter.elements())];
        var rule = rule(parameter);
        IntStream.range(0, values.length).parallel().forEach(i -> values[i] = rule.applyAsDouble(i));
        return values;
    }

    private LongToDoubleFunction rule(Parameter parameter) {
        var stream = RandomStream.of(start.seed()).at("start").at(parameter.name());
        return switch (parameter.role()) {
            case WEIGHT, FIXED_WEIGHT -> interpolating.containsKey(parameter.node())
                    ? Bilinear.filters(interpolating.get(parameter.node()), parameter.shape())
                    : weights(stream, fans(parameter));
            case BIAS -> rectifiedOutputs.contains(parameter.node()) ? _ -> 1 : biases(stream, fans(parameter));
            case NORM_SCALE, RUNNING_VARIANCE -> _ -> 1;
            case NORM_SHIFT, RUNNING_MEAN -> _ -> 0;
        };
    }

    private Fans fans(Parameter parameter) {
        var known = fans.get(parameter.node());
        Expect.that(known != null, "The start of a network's weights", "one of its parameters", parameter.name());
        return known;
    }

    private LongToDoubleFunction weights(RandomStream stream, Fans fans) {
        return switch (start.weights()) {
            case Initialisation.XavierUniform _ -> uniform(stream, Math.sqrt(6 / (fans.in() + fans.out())));
            case Initialisation.XavierNormal _ -> normal(stream, Math.sqrt(2 / (fans.in() + fans.out())));
            case Initialisation.HeFanIn _ -> normal(stream, Math.sqrt(2 / fans.in()));
            case Initialisation.HeUniform _ -> uniform(stream, Math.sqrt(6 / fans.in()));
            case Initialisation.HeFanOut _ -> normal(stream, Math.sqrt(2 / fans.out()));
            case Initialisation.Gaussian(double deviation) -> normal(stream, deviation);
            case Initialisation.TruncatedNormal(double deviation) -> i -> deviation * stream.truncatedNormal(i);
            case Initialisation.LeNetUniform _ -> uniform(stream, 2.4 / fans.in());
            case Initialisation.LeCunUniform _ -> uniform(stream, Math.sqrt(3 / fans.in()));
            case Initialisation.TorchUniform _ -> uniform(stream, 1 / Math.sqrt(fans.in()));
        };
    }

    private LongToDoubleFunction biases(RandomStream stream, Fans fans) {
        return switch (start.biases()) {
            case ZERO -> _ -> 0;
            case TORCH_UNIFORM -> uniform(stream, 1 / Math.sqrt(fans.in()));
        };
    }

    private static LongToDoubleFunction uniform(RandomStream stream, double bound) {
        return i -> bound * (2 * stream.uniform(i) - 1);
    }

    private static LongToDoubleFunction normal(RandomStream stream, double deviation) {
        return i -> deviation * stream.normal(i);
    }
}
