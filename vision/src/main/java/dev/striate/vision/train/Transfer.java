package dev.striate.vision.train;

import dev.striate.StriateException;
import dev.striate.graph.Network;
import dev.striate.graph.Parameter;
import dev.striate.graph.Parameters;
import dev.striate.text.Listing;
import dev.striate.weights.StateDict;
import dev.striate.weights.TensorData;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/// What a run takes over from an earlier model.
///
/// @param from the file of the weights; empty for none
/// @param fresh the parameters that are not taken over and start afresh: those of a last layer for other classes
/// @param frozen a regular expression of parameter names that keep their values; empty for none. Normalisations all of
///        whose parameters are frozen keep their statistics.
/// @param oldRate the factor on the learning rate of all parameters that are taken over
public record Transfer(String from, List<String> fresh, String frozen, double oldRate) {
    public static final Transfer NONE = new Transfer("", List.of(), "", 1);

    public Transfer {
        fresh = List.copyOf(fresh);
        if (!(oldRate > 0 && oldRate <= 1)) {
            throw new StriateException(
                    "The share of the learning rate for pretrained weights is above 0 and at most 1; "
                            + "received " + oldRate + " (--freeze keeps weights as they are).");
        }
        try {
            Pattern.compile(frozen);
        } catch (PatternSyntaxException e) {
            throw new StriateException("The names of frozen parameters are expected as a regular expression, such as "
                    + "layer[12].*; received " + frozen + " (" + e.getDescription() + ").", e);
        }
    }

    /// Takes over every parameter of a network that a file has by name and shape: a Striate model's, a safetensors file
    /// or PyTorch's. Refuses a file that has none.
    static Transfer of(Path file, Network network) {
        var match = StateDict.read(file).match(network);
        if (match.matched().isEmpty()) {
            throw StriateException.network("A start expects tensors of the names and shapes of " + network.name() + "; "
                    + file + " has none.");
        }
        var fresh = Parameters.of(network).stream().map(Parameter::name)
                .filter(name -> !match.matched().containsKey(name)).toList();
        return new Transfer(file.toAbsolutePath().normalize().toString(), fresh, "", 1);
    }

    public Transfer withFrozen(String frozen) {
        return new Transfer(from, fresh, frozen, oldRate);
    }

    public Transfer withOldRate(double oldRate) {
        return new Transfer(from, fresh, frozen, oldRate);
    }

    boolean isFromElsewhere() {
        return !from.isEmpty();
    }

    /// The tensors to begin with, by name: those of the file, without the fresh ones.
    Map<String, TensorData> tensors(Network network) {
        var match = StateDict.read(Path.of(from)).match(network);
        var tensors = new LinkedHashMap<String, TensorData>();
        for (var parameter : Parameters.of(network)) {
            var name = parameter.name();
            if (fresh.contains(name)) continue;
            var tensor = match.matched().get(name);
            if (tensor == null) {
                throw new StriateException("The run begins with '" + name + "' of " + from
                        + ", which no longer has it as it was when the run was made.");
            }
            tensors.put(name, tensor);
        }
        return tensors;
    }

    /// Refuses names that no parameter has, and such that leave nothing to train.
    void check(Network network) {
        if (frozen.isEmpty()) return;
        var names = Parameters.of(network).stream().filter(Parameter::trainable).map(Parameter::name).toList();
        var left = names.stream().filter(name -> !freezes(name)).toList();
        if (left.isEmpty()) {
            throw new StriateException("At least one parameter to train was expected; '" + frozen + "' freezes all "
                    + names.size() + " of " + network.name() + ".");
        }
        if (left.size() == names.size()) {
            throw new StriateException("The whole names of some parameters were expected, as in layer1.*; '" + frozen
                    + "' is the name of none of " + network.name() + "'s, which begin with "
                    + Listing.some(names, 3) + ".");
        }
    }

    boolean freezes(String parameter) {
        return !frozen.isEmpty() && parameter.matches(frozen);
    }

    /// The factor on a parameter's learning rate.
    double rate(String parameter) {
        return from.isEmpty() || fresh.contains(parameter) ? 1 : oldRate;
    }

    /// What is taken over, what starts afresh and what is frozen, as text; empty where there is nothing to say.
    public String describe(Network network) {
        var lines = new StringBuilder();
        var all = Parameters.of(network);
        if (isFromElsewhere()) {
            lines.append("begins with ").append(all.size() - fresh.size()).append(" of ").append(all.size())
                    .append(" tensors of ").append(from);
            if (!fresh.isEmpty()) lines.append("; fresh are ").append(Listing.some(fresh, 4));
            if (oldRate < 1)
                lines.append("; pretrained ones learn at ").append(oldRate).append(" of the learning rate");
            lines.append('\n');
        }
        var names = all.stream().filter(Parameter::trainable).map(Parameter::name).filter(this::freezes).toList();
        if (!names.isEmpty()) {
            lines.append("frozen are ").append(names.size()).append(" of ")
                    .append(all.stream().filter(Parameter::trainable).count()).append(" parameters: ")
                    .append(Listing.some(names, 4)).append('\n');
        }
        return lines.toString().stripTrailing();
    }
}
