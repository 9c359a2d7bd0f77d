package dev.striate.vision.train;

import dev.striate.StriateException;
import dev.striate.graph.Network;
import dev.striate.graph.Parameter;
import dev.striate.graph.Parameters;
import dev.striate.json.Formerly;
import dev.striate.text.Listing;
import dev.striate.weights.StateDict;
import dev.striate.weights.TensorData;
import dev.striate.yolo.SharedFilters;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/// What a run takes over from an earlier model.
///
/// @param from the file of the weights; empty for none
/// @param fresh the parameters that are not taken over whole and start afresh: those of a last layer for other classes
/// @param partly those among them, of a detector's heads, whose filters of boxes and objectness are taken over all the same
/// @param frozen a regular expression of parameter names that keep their values; empty for none. Normalisations all of
///        whose parameters are frozen keep their statistics.
/// @param oldRate the factor on the learning rate of all parameters that are taken over
@Formerly(WholeTensors.class)
public record Transfer(String from, List<String> fresh, List<String> partly, String frozen, double oldRate) {
    public static final Transfer NONE = new Transfer("", List.of(), List.of(), "", 1);

    public Transfer {
        fresh = List.copyOf(fresh);
        partly = List.copyOf(partly);
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
    /// or PyTorch's; and of a detector's heads, where they differ from those of a model's file in their classes alone, the
    /// filters of boxes and objectness. Refuses a file that has none.
    static Transfer of(Path file, Network network) {
        var match = StateDict.read(file).match(network);
        if (match.matched().isEmpty()) {
            throw StriateException.network("A start expects tensors of the names and shapes of " + network.name() + "; "
                    + file + " has none.");
        }
        var fresh = Parameters.of(network).stream().map(Parameter::name)
                .filter(name -> !match.matched().containsKey(name)).toList();
        var partly = fresh.stream().filter(KeptFilters.of(file, network)::has).toList();
        return new Transfer(file.toAbsolutePath().normalize().toString(), fresh, partly, "", 1);
    }

    public Transfer withFrozen(String frozen) {
        return new Transfer(from, fresh, partly, frozen, oldRate);
    }

    public Transfer withOldRate(double oldRate) {
        return new Transfer(from, fresh, partly, frozen, oldRate);
    }

    boolean isFromElsewhere() {
        return !from.isEmpty();
    }

    /// The tensors to begin with, by name: those of the file, without those that are all fresh.
    ///
    /// @param start the network's tensors before anything is taken over
    Map<String, TensorData> tensors(Network network, Map<String, TensorData> start) {
        var match = StateDict.read(Path.of(from)).match(network);
        var kept = KeptFilters.of(Path.of(from), network);
        var tensors = new LinkedHashMap<String, TensorData>();
        for (var parameter : Parameters.of(network)) {
            var name = parameter.name();
            var isPart = partly.contains(name);
            if (fresh.contains(name) && !isPart) continue;
            var there = isPart ? kept.has(name) : match.matched().containsKey(name);
            if (!there) {
                throw new StriateException("The run begins with '" + name + "' of " + from
                        + ", which no longer has it as it was when the run was made.");
            }
            tensors.put(name, isPart ? kept.over(start.get(name), name) : match.matched().get(name));
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

    private int classFilters(Network network) {
        return partly.stream().map(KeptFilters::layer).distinct()
                .mapToInt(layer -> SharedFilters.ofClasses(network, layer)).sum();
    }

    /// What is taken over, what starts afresh and what is frozen, as text; empty where there is nothing to say.
    public String describe(Network network) {
        var lines = new StringBuilder();
        var all = Parameters.of(network);
        if (isFromElsewhere()) {
            lines.append("begins with ").append(all.size() - fresh.size()).append(" of ").append(all.size())
                    .append(" tensors of ").append(from);
            var whole = fresh.stream().filter(name -> !partly.contains(name)).toList();
            if (!whole.isEmpty()) lines.append("; fresh are ").append(Listing.some(whole, 4));
            if (!partly.isEmpty()) {
                lines.append("; the head keeps its boxes and objectness, ").append(classFilters(network))
                        .append(" class filters start afresh");
            }
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
