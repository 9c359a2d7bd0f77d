package dev.striate.weights;

import dev.striate.StriateException;
import dev.striate.graph.Network;
import dev.striate.graph.Parameters;
import dev.striate.json.Json;
import dev.striate.recipe.Preprocessing;
import dev.striate.task.Task;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/// A model with all that it takes to use it, one safetensors file: the network, how pictures become its input, what
/// it answers, its tensors in the order of [Parameters], and the recipe that trained it (JSON of its own, where it is
/// known).
///
/// @param quantisation how a compiled plan runs the network in int8 (JSON of its own, where that was found out)
public record ModelFile(Network network, Preprocessing preprocessing, Task task, Optional<String> recipe,
        Optional<String> quantisation, SequencedMap<String, TensorData> tensors) {
    private static final String VERSION = "2";
    /// Models of this format are classifiers.
    private static final String WITH_LABELS = "1";
    private static final String FORMAT = "striate.format";
    private static final String NETWORK = "striate.network";
    private static final String PREPROCESSING = "striate.preprocessing";
    private static final String TASK = "striate.task";
    private static final String LABELS = "striate.labels";
    private static final String RECIPE = "striate.recipe";
    private static final String QUANTISATION = "striate.quantisation";

    /// Refuses tensors that are not those of the network, by name.
    public ModelFile {
        tensors = inOrder(network, tensors);
    }

    /// A model whose layers all run in float32.
    public ModelFile(Network network, Preprocessing preprocessing, Task task, Optional<String> recipe,
            SequencedMap<String, TensorData> tensors) {
        this(network, preprocessing, task, recipe, Optional.empty(), tensors);
    }

    /// The model's task, of this kind; refuses a model for another.
    ///
    /// @param place where the model comes from
    public <T extends Task> T task(Class<T> kind, Path place) {
        if (kind.isInstance(task)) return kind.cast(task);
        throw new StriateException("A model for " + Task.words(kind) + " was expected; " + place + " is one for "
                + task.words() + ".");
    }

    /// The names of the classes, in the order of the outputs.
    public List<String> labels() {
        return task.labels();
    }

    /// The same of a part of the network, with the weights of that.
    public ModelFile withNetwork(Network part) {
        var own = new LinkedHashMap<String, TensorData>();
        for (var parameter : Parameters.of(part)) own.put(parameter.name(), tensors.get(parameter.name()));
        return new ModelFile(part, preprocessing, task, recipe, quantisation, own);
    }

    public ModelFile withQuantisation(String quantisation) {
        return new ModelFile(network, preprocessing, task, recipe, Optional.of(quantisation), tensors);
    }

    /// Reads a model; its tensors are views of the mapped file. Refuses another program's file, another version's, and
    /// tensors that do not fit the network.
    public static ModelFile read(Path file) {
        var stored = SafeTensors.read(file);
        checkVersion(stored.metadata(), file);
        var network = part(stored, NETWORK, Network.class, file);
        var preprocessing = part(stored, PREPROCESSING, Preprocessing.class, file);
        var task = task(stored, file);
        try {
            return new ModelFile(network, preprocessing, task, Optional.ofNullable(stored.metadata().get(RECIPE)),
                    Optional.ofNullable(stored.metadata().get(QUANTISATION)), stored.tensors());
        } catch (StriateException e) {
            throw StriateException.file(file + ": " + e.getMessage(), e);
        }
    }

    /// Whether a file is a Striate model, of whatever version, and not only tensors or another program's.
    public static boolean isOne(Path file) {
        var mapped = MappedFile.read(file);
        return !TorchFile.isZip(mapped) && !TorchFile.isPickle(mapped)
                && SafeTensors.read(file).metadata().containsKey(FORMAT);
    }

    /// Writes the model beside its target and renames it over; Python's safetensors reads it.
    public void write(Path file) {
        var metadata = new LinkedHashMap<String, String>();
        metadata.put(FORMAT, VERSION);
        metadata.put(NETWORK, Json.write(network, Network.class));
        metadata.put(PREPROCESSING, Json.write(preprocessing, Preprocessing.class));
        metadata.put(TASK, Json.write(task, Task.class));
        recipe.ifPresent(text -> metadata.put(RECIPE, text));
        quantisation.ifPresent(text -> metadata.put(QUANTISATION, text));
        new SafeTensors(metadata, tensors).write(file);
    }

    private static void checkVersion(Map<String, String> metadata, Path file) {
        var version = metadata.get(FORMAT);
        if (version == null) {
            throw StriateException.file(file + " is no Striate model: it holds tensors, but no network ('" + FORMAT
                    + "' is missing from its metadata).");
        }
        if (!version.equals(VERSION) && !version.equals(WITH_LABELS)) {
            throw StriateException.file(file + " is a Striate model of format " + version
                    + "; this program reads the formats " + WITH_LABELS + " and " + VERSION + ".");
        }
    }

    private static Task task(SafeTensors stored, Path file) {
        if (!WITH_LABELS.equals(stored.metadata().get(FORMAT))) return part(stored, TASK, Task.class, file);
        return new Task.Classification(List.of(part(stored, LABELS, String[].class, file)));
    }

    private static <T> T part(SafeTensors stored, String key, Class<T> type, Path file) {
        var text = stored.metadata().get(key);
        if (text == null) throw StriateException.file(file + " is no whole Striate model: it lacks '" + key + "'.");
        return Json.read(text, type, "'" + key + "' of " + file);
    }

    private static SequencedMap<String, TensorData> inOrder(Network network, Map<String, TensorData> tensors) {
        var ordered = NetworkTensors.of(network, tensors);
        for (var name : tensors.keySet()) {
            if (!ordered.containsKey(name)) {
                throw StriateException.network(
                        network.name() + " has no parameter '" + name + "', but a tensor has its name.");
            }
        }
        return ordered;
    }
}
