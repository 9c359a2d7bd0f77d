package dev.striate.recipe;

import dev.striate.StriateException;
import dev.striate.graph.Network;
import dev.striate.graph.Parameter;
import dev.striate.graph.Parameters;
import dev.striate.json.Formerly;
import dev.striate.text.Listing;
import java.util.List;

/// How the weights move: the optimiser, its base learning rate, weight decay, clipping, the average that is kept, and the
/// layers that have a rate of their own.
@Formerly(OneRate.class)
public record Optimization(Optimizer optimizer, double rate, WeightDecay decay, Clipping clipping, Averaging averaging,
        List<LayerRate> layerRates) {
    public Optimization {
        Expect.positive("The learning rate", rate);
        layerRates = List.copyOf(layerRates);
    }

    /// Unclipped and unaveraged, with one rate for all layers.
    public static Optimization of(Optimizer optimizer, double rate, WeightDecay decay) {
        return new Optimization(optimizer, rate, decay, new Clipping.Unclipped(), new Averaging.Unaveraged(),
                List.of());
    }

    /// The factor on the rate of a parameter of this name: the product of all that match.
    public double rateFactor(String parameter) {
        return layerRates.stream().filter(layer -> layer.matches(parameter)).mapToDouble(LayerRate::factor)
                .reduce(1, (a, b) -> a * b);
    }

    /// Refuses a rate for names that no parameter of the network has.
    public void check(Network network) {
        var names = Parameters.of(network).stream().filter(Parameter::trainable).map(Parameter::name).toList();
        for (var layer : layerRates) {
            if (names.stream().anyMatch(layer::matches)) continue;
            throw StriateException.network("The whole names of some parameters were expected, as in conv1.*; '"
                    + layer.names() + "' with a rate of its own is the name of none of " + network.name()
                    + "'s, which begin with " + Listing.some(names, 3) + ".");
        }
    }

    public Optimization withOptimizer(Optimizer optimizer) {
        return new Optimization(optimizer, rate, decay, clipping, averaging, layerRates);
    }

    public Optimization withRate(double rate) {
        return new Optimization(optimizer, rate, decay, clipping, averaging, layerRates);
    }

    public Optimization withDecay(WeightDecay decay) {
        return new Optimization(optimizer, rate, decay, clipping, averaging, layerRates);
    }

    public Optimization withClipping(Clipping clipping) {
        return new Optimization(optimizer, rate, decay, clipping, averaging, layerRates);
    }

    public Optimization withAveraging(Averaging averaging) {
        return new Optimization(optimizer, rate, decay, clipping, averaging, layerRates);
    }

    public Optimization withLayerRates(List<LayerRate> layerRates) {
        return new Optimization(optimizer, rate, decay, clipping, averaging, layerRates);
    }
}
