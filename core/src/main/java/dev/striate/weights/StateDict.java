package dev.striate.weights;

import dev.striate.StriateException;
import dev.striate.graph.Network;
import dev.striate.graph.Parameters;
import dev.striate.text.Listing;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedMap;

/// Named tensors of somebody's model, without the wrappers that trainers add: `module.` before every name, and batch
/// normalisation's counters.
public record StateDict(SequencedMap<String, TensorData> tensors) {
    /// What `DataParallel` and `torch.compile` put before every name.
    private static final List<String> PREFIXES = List.of("module.", "_orig_mod.");
    private static final String COUNTER = "num_batches_tracked";

    public StateDict {
        var named = new LinkedHashMap<String, TensorData>();
        var prefix = commonPrefix(tensors.keySet());
        tensors.forEach((name, tensor) -> {
            if (!name.endsWith(COUNTER)) named.put(name.substring(prefix), tensor);
        });
        tensors = Collections.unmodifiableSequencedMap(named);
    }

    /// Reads PyTorch's `.pth`, `.pt` or `.th`, zip or legacy, or a safetensors file, told apart by content. A pickle
    /// is never executed: one that asks for anything but tensors, containers and numbers is refused.
    public static StateDict read(Path file) {
        var mapped = MappedFile.read(file);
        var isTorch = TorchFile.isZip(mapped) || TorchFile.isPickle(mapped);
        return new StateDict(isTorch ? TorchFile.read(file) : SafeTensors.read(file).tensors());
    }

    private static int commonPrefix(Iterable<String> names) {
        var length = 0;
        for (var found = true; found;) {
            found = false;
            for (var prefix : PREFIXES) {
                if (!allHave(names, prefix, length)) continue;
                length += prefix.length();
                found = true;
            }
        }
        return length;
    }

    private static boolean allHave(Iterable<String> names, String prefix, int from) {
        var any = false;
        for (var name : names) {
            if (!name.startsWith(prefix, from)) return false;
            any = true;
        }
        return any;
    }

    /// Looks up a tensor for each parameter of a network.
    public Match match(Network network) {
        var matched = new LinkedHashMap<String, TensorData>();
        var missing = new ArrayList<String>();
        var wrongShape = new ArrayList<String>();
        var extra = new LinkedHashSet<>(tensors.keySet());
        for (var parameter : Parameters.of(network)) {
            var tensor = tensors.get(parameter.name());
            extra.remove(parameter.name());
            if (tensor == null) {
                missing.add(parameter.name());
            } else if (!tensor.shape().equals(parameter.shape())) {
                wrongShape.add(parameter.name() + ": expected " + parameter.shape() + "; received " + tensor.shape());
            } else {
                matched.put(parameter.name(), tensor);
            }
        }
        return new Match(network.name(), matched, missing, wrongShape, List.copyOf(extra));
    }

    /// How a state dict fits a network: the tensors that do, in the order of the parameters; the parameters without a
    /// tensor; those whose tensor has another shape; the tensors that no parameter has the name of.
    public record Match(String network, SequencedMap<String, TensorData> matched, List<String> missing,
            List<String> wrongShape, List<String> extra) {
        public Match {
            matched = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(matched));
            missing = List.copyOf(missing);
            wrongShape = List.copyOf(wrongShape);
            extra = List.copyOf(extra);
        }

        /// Whether every parameter has its tensor.
        public boolean isWhole() {
            return missing.isEmpty() && wrongShape.isEmpty();
        }

        /// The tensors of all parameters; refuses, by name, a missing one and one of another shape. A caller who allows
        /// them takes [#matched].
        public SequencedMap<String, TensorData> whole() {
            if (isWhole()) return matched;
            var missed = missing.isEmpty() ? "" : " lacks " + Listing.some(missing, 5);
            var misfit = wrongShape.isEmpty() ? "" : " has other shapes in " + Listing.some(wrongShape, 5);
            throw StriateException.network("The weights do not fit " + network + ": the file"
                    + missed + (missed.isEmpty() || misfit.isEmpty() ? "" : " and") + misfit
                    + (extra.isEmpty() ? "" : "; it also has " + Listing.some(extra, 5)) + ".");
        }
    }
}
