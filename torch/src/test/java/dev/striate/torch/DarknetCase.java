package dev.striate.torch;

import dev.striate.darknet.DarknetNetwork;
import dev.striate.darknet.DarknetWeights;
import dev.striate.fixtures.Formula;
import dev.striate.fixtures.SharedFiles;
import dev.striate.graph.Network;
import dev.striate.graph.Parameters;
import dev.striate.recipe.Precision;
import dev.striate.weights.TensorData;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A file of numbers that Darknet computed for a small network, which lies in the folder of the small networks.
record DarknetCase(Path file, JsonNode numbers, Path cfg, DarknetNetwork darknet) {
    /// The files of a folder of reference numbers.
    static List<DarknetCase> of(String folder) {
        return SharedFiles.references(folder, ".json").stream().map(DarknetCase::read).toList();
    }

    private static DarknetCase read(Path file) {
        var name = file.getFileName().toString().replaceFirst("(-seen-\\d+)?\\.json$", "");
        var cfg = SharedFiles.references("darknet-mini", name + ".cfg").getFirst();
        try {
            // Dropout off.
            var text = Files.readString(cfg).replaceAll("probability *=.*", "probability=0");
            return new DarknetCase(file, JsonMapper.shared().readTree(file), cfg,
                    DarknetNetwork.parse(name, text, cfg.toString()));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    Network network() {
        return darknet.network();
    }

    Model model() {
        return Model.of(network(), weights(), Device.CPU, Precision.FLOAT32);
    }

    /// The network in which those gradients are lost that Darknet loses.
    Model modelThatLosesGradients() {
        var network = OverwrittenGradients.of(darknet);
        var tensors = new LinkedHashMap<>(weights());
        for (var parameter : Parameters.of(network)) {
            var first = parameter.name().replaceFirst("^" + OverwrittenGradients.TWIN, "");
            tensors.putIfAbsent(parameter.name(), tensors.get(first));
        }
        return Model.of(network, tensors, Device.CPU, Precision.FLOAT32);
    }

    private Map<String, TensorData> weights() {
        return DarknetWeights.read(Path.of(cfg.toString().replaceFirst("cfg$", "weights")), network()).tensors();
    }

    /// The formula's pictures, which are channels first, as N×H×W×C.
    MemorySegment pixels(int pictures, Arena arena) {
        var shape = network().input();
        var each = Math.toIntExact(shape.elements());
        var values = Formula.uniform("input", pictures * each);
        var pixels = arena.allocate(ValueLayout.JAVA_FLOAT, values.length);
        var area = shape.size().area();
        for (var i = 0; i < values.length; i++) {
            var channel = i % each / area;
            var at = i / each * (long) each + (long) (i % area) * shape.channels() + channel;
            pixels.setAtIndex(ValueLayout.JAVA_FLOAT, at, (float) values[i]);
        }
        return pixels;
    }

    @Override
    public String toString() {
        return file.getFileName().toString();
    }
}
